package io.chatterbox.gateway.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Trace;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.socketio.Ack;
import io.chatterbox.socketio.Event;
import io.chatterbox.socketio.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What one event is answered with: its acknowledgement if it asked for one, else an `error` when
/// it was refused. Once; from any thread.
public final class Answer {
  private static final byte[] SUCCESS = bytes("{\"success\":true}");
  private static final byte[] SUCCESS_AND = bytes("{\"success\":true,");
  private static final int LONGEST_NAME = 100;

  private final Socket socket;
  private final String event;
  private final Optional<Ack> ack;
  private final Json json;
  private final BiConsumer<String, Duration> onGiven;
  private final Trace trace;
  private final long since = System.nanoTime();
  private final AtomicBoolean given = new AtomicBoolean();

  /// @param onGiven told the event's name and how long it took
  /// @param trace ends with the answer
  public Answer(
      Socket socket, Event event, Json json, BiConsumer<String, Duration> onGiven, Trace trace) {
    this.onGiven = onGiven;
    this.trace = trace;
    this.socket = socket;
    this.event =
        event.name().length() > LONGEST_NAME
            ? event.name().substring(0, LONGEST_NAME)
            : event.name();
    this.ack = event.ack();
    this.json = json;
  }

  record Failed(boolean success, Failure error) {}

  @io.chatterbox.contract.documented.Told("error")
  @Shape(name = "RefusedEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Told(ErrorCode code, String message, String event, @Nullable Long retryAfterMs) {}

  record AiError(String conversationId, ErrorCode code, String message) {}

  /// What goes with the command.
  String trace() {
    return trace.parent();
  }

  public boolean isGiven() {
    return given.get();
  }

  /// Done, with nothing to add.
  public void done() {
    done(RawJson.of("{}"));
  }

  /// Done.
  ///
  /// @param added a JSON object whose fields stand beside `success`
  public void done(RawJson added) {
    if (give()) {
      ack.ifPresent(asked -> asked.send(spliced(added.bytes())));
    }
  }

  public void refuse(Refusal refusal) {
    refuse(refusal.failure());
  }

  public void refuse(Failure failure) {
    if (given.get()) {
      return;
    }
    trace.refused(failure.code());
    if (!give()) {
      return;
    }
    if (ack.isPresent()) {
      ack.get().send(json.write(new Failed(false, failure)).bytes());
    } else {
      Told told = new Told(failure.code(), failure.message(), event, failure.retryAfterMs());
      socket.emit("error", json.write(told).bytes());
    }
  }

  /// Answers with a failure only where an acknowledgement is waited for: the client is told by an
  /// event of its own.
  public void refuseSilently(Failure failure) {
    if (ack.isPresent()) {
      refuse(failure);
    } else {
      give();
    }
  }

  /// As [#refuse(Failure)]; that there is no assistant is told by an event of its own, whether or
  /// not an acknowledgement is waited for.
  void refuse(Failure failure, Key key) {
    if (failure.code() != ErrorCode.AI_DISABLED) {
      refuse(failure);
    } else if (!given.get()) {
      AiError error = new AiError(key.id(), failure.code(), failure.message());
      socket.emit("ai-error", json.write(error).bytes());
      refuseSilently(failure);
    }
  }

  /// Whether it is the first time.
  private boolean give() {
    boolean first = given.compareAndSet(false, true);
    if (first) {
      trace.end();
      onGiven.accept(event, Duration.ofNanos(System.nanoTime() - since));
    }
    return first;
  }

  private static byte[] spliced(byte[] object) {
    int from = 0;
    while (from < object.length && object[from] != '{') {
      from++;
    }
    from++;
    while (from < object.length && object[from] <= ' ') {
      from++;
    }
    if (from >= object.length || object[from] == '}') {
      return SUCCESS;
    }
    byte[] whole = new byte[SUCCESS_AND.length + object.length - from];
    System.arraycopy(SUCCESS_AND, 0, whole, 0, SUCCESS_AND.length);
    System.arraycopy(object, from, whole, SUCCESS_AND.length, object.length - from);
    return whole;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

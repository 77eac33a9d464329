package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the application wants to hear of one socket, and how it gets there.
final class Reception {
  private final Socket socket;
  private @Nullable Consumer<Event> any;
  private @Nullable Map<String, Consumer<Event>> byName;
  private @Nullable Consumer<String> error;
  private @Nullable Consumer<CloseReason> disconnect;
  private @Nullable Runnable drain;
  private @Nullable Inbox inbox;
  private @Nullable Acks acks;

  Reception(Socket socket) {
    this.socket = socket;
  }

  void onEvent(Consumer<Event> handler) {
    any = handler;
  }

  void on(String event, Consumer<Event> handler) {
    Map<String, Consumer<Event>> known = byName;
    if (known == null) {
      known = new HashMap<>(4);
      byName = known;
    }
    known.merge(event, handler, Consumer::andThen);
  }

  void use(EventMiddleware middleware) {
    Inbox known = inbox;
    if (known == null) {
      known = new Inbox(socket, this::handle);
      inbox = known;
    }
    known.use(middleware);
  }

  void onError(Consumer<String> handler) {
    error = handler;
  }

  void onDisconnect(Consumer<CloseReason> handler) {
    Consumer<CloseReason> known = disconnect;
    disconnect = known == null ? handler : known.andThen(handler);
  }

  void onDrain(Runnable handler) {
    drain = handler;
  }

  /// Emits an event and waits for its answer.
  void ask(String event, Arguments arguments, Duration timeout, Consumer<AckResult> handler) {
    Consumer<AckResult> told = result -> guarded(() -> handler.accept(result));
    if (!socket.isConnected()) {
      told.accept(new AckResult.Disconnected());
      return;
    }
    Acks known = acks;
    if (known == null) {
      known = new Acks(socket.loop());
      acks = known;
    }
    long question = known.ask(timeout.toMillis(), told);
    byte[] digits = Long.toString(question).getBytes(StandardCharsets.US_ASCII);
    socket.deliver(
        Packets.event(socket.namespace().name(), digits, event, arguments), Delivery.MESSAGE);
  }

  void receive(Packet.Call call) {
    Optional<Ack> ack =
        call.id().length == 0 ? Optional.empty() : Optional.of(new Ack(socket, call.id()));
    Event event = new Event(call.name(), call.arguments(), ack);
    if (inbox == null) {
      handle(event);
    } else {
      inbox.offer(event);
    }
  }

  private void handle(Event event) {
    Consumer<Event> named = byName == null ? null : byName.get(event.name());
    Consumer<Event> handler = named == null ? any : named;
    if (handler != null) {
      guarded(() -> handler.accept(event));
    }
  }

  void receive(Packet.Answer answer) {
    if (acks != null) {
      acks.answered(answer.id(), answer.arguments());
    }
  }

  void refused(String refusal) {
    Consumer<String> handler = error;
    if (handler != null) {
      guarded(() -> handler.accept(refusal));
    }
  }

  void drained() {
    Runnable handler = drain;
    if (handler != null) {
      guarded(handler);
    }
  }

  /// Nothing more comes.
  ///
  /// @param known whether the application has seen the socket
  void ended(boolean known, CloseReason reason) {
    if (inbox != null) {
      inbox.clear();
    }
    if (acks != null) {
      acks.disconnected();
    }
    Consumer<CloseReason> handler = disconnect;
    if (known && handler != null) {
      guarded(() -> handler.accept(reason));
    }
  }

  /// Runs the application's code; what it throws is reported and harms nobody else.
  void guarded(Runnable code) {
    try {
      code.run();
    } catch (RuntimeException e) {
      socket.loop().failed(e);
    }
  }
}

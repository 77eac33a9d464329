package io.chatterbox.socketio;

import io.chatterbox.engineio.Loop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers that one socket waits for; each has a timeout, so none waits for ever.
final class Acks {
  private final Loop loop;
  private final Map<Long, Pending> pending = new HashMap<>(4);
  private long next;

  Acks(Loop loop) {
    this.loop = loop;
  }

  /// The id of a new question.
  long ask(long timeoutMillis, Consumer<AckResult> handler) {
    long id = next++;
    Loop.Timer timer =
        loop.schedule(
            timeoutMillis,
            () -> {
              pending.remove(id);
              handler.accept(new AckResult.TimedOut());
            });
    pending.put(id, new Pending(timer, handler));
    return id;
  }

  /// An answer that nobody waits for is ignored: it may have come too late.
  void answered(long id, Arguments arguments) {
    end(pending.remove(id), new AckResult.Answered(arguments));
  }

  void disconnected() {
    List<Pending> all = List.copyOf(pending.values());
    pending.clear();
    all.forEach(question -> end(question, new AckResult.Disconnected()));
  }

  private static void end(@Nullable Pending question, AckResult result) {
    if (question != null) {
      question.timer.cancel();
      question.handler.accept(result);
    }
  }

  private record Pending(Loop.Timer timer, Consumer<AckResult> handler) {}
}

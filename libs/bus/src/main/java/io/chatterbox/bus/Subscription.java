package io.chatterbox.bus;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// One channel of [Channels]: who listens, and which of Redis's confirmations is waited for.
/// Confirmations come in the order in which it was asked, also after an unsubscription in between,
/// so they are counted. Used on one context.
final class Subscription {
  private record Waiting(Promise<Void> promise, long number, long deadline) {}

  private final List<Handler<Buffer>> handlers = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean isWanted;
  private long asked;
  private long confirmed;

  List<Handler<Buffer>> handlers() {
    return handlers;
  }

  /// Whether the subscription was asked for, or is about to be, and not taken back since.
  boolean isAsked() {
    return isWanted;
  }

  /// Whether nothing more is to come for what was asked.
  boolean isSettled() {
    return asked == confirmed;
  }

  /// A request was written.
  void asked() {
    isWanted = true;
    asked++;
  }

  /// The opposite was written.
  void unasked() {
    isWanted = false;
  }

  /// Completes the promise with the confirmation of the last request, or of the next one when there
  /// was none.
  void await(Promise<Void> promise, long deadline) {
    if (isWanted && isSettled()) {
      promise.complete();
    } else {
      waiting.add(new Waiting(promise, isWanted ? asked : asked + 1, deadline));
    }
  }

  /// Redis has confirmed a request.
  void confirmed() {
    confirmed++;
    while (!waiting.isEmpty() && waiting.element().number() <= confirmed) {
      waiting.remove().promise().tryComplete();
    }
  }

  /// The link is new: nothing of the old one counts.
  void reset() {
    isWanted = false;
    asked = 0;
    confirmed = 0;
    List<Waiting> before = List.copyOf(waiting);
    waiting.clear();
    before.forEach(w -> waiting.add(new Waiting(w.promise(), 1, w.deadline())));
  }

  /// Fails those who have waited too long.
  void expire(long now) {
    waiting.removeIf(w -> {
      boolean late = w.deadline() - now < 0;
      if (late) {
        w.promise().tryFail(RedisAwayException.unanswered("no confirmation in time"));
      }
      return late;
    });
  }

  /// Nobody listens any more.
  void abandon() {
    for (Waiting left : waiting) {
      left.promise().tryFail(RedisAwayException.notSent("unsubscribed"));
    }
    waiting.clear();
  }
}

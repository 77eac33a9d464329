package io.chatterbox.bus;

import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One channel of [Channels]: who listens, and which of Redis's confirmations is waited for.
/// Confirmations come in the order in which it was asked, also after an unsubscription in between,
/// so they are counted. Used on one context.
final class Subscription {
  private record Waiting(Promise<Void> promise, long number, long deadline) {}

  private final List<Handler<Buffer>> handlers = new ArrayList<>();
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private final int slot;
  private @Nullable Ear ear;
  private boolean isWanted;
  private boolean wasEverHeard;
  private volatile boolean isHeard;
  private long asked;
  private long wantedSince;
  private long confirmed;
  private long unasked;

  Subscription(int slot) {
    this.slot = slot;
  }

  /// The slot of the channel, where there is a cluster.
  int slot() {
    return slot;
  }

  /// Where it is to be heard, if that is known.
  @Nullable Ear ear() {
    return ear;
  }

  void moveTo(Ear other) {
    ear = other;
  }

  /// Whether Redis has confirmed it, and nothing has happened since. From any thread.
  boolean isHeard() {
    return isHeard;
  }

  boolean wasEverHeard() {
    return wasEverHeard;
  }

  List<Handler<Buffer>> handlers() {
    return handlers;
  }

  /// Whether the subscription was asked for, or is about to be, and not taken back since.
  boolean isAsked() {
    return isWanted;
  }

  /// Whether every request is confirmed.
  boolean isConfirmed() {
    return confirmed >= asked;
  }

  /// Whether nothing more is to come for what was asked, nor for what was taken back.
  boolean isSettled() {
    return isConfirmed() && unasked == 0;
  }

  /// A request was written.
  void asked() {
    asked++;
    if (!isWanted) {
      isWanted = true;
      wantedSince = asked;
    }
  }

  /// The opposite was written.
  void unasked() {
    isWanted = false;
    isHeard = false;
    unasked++;
  }

  /// Redis has ended it.
  ///
  /// @return whether that was asked for
  boolean wasUnasked() {
    if (unasked == 0) {
      return false;
    }
    unasked--;
    return true;
  }

  /// Completes the promise with the confirmation of the last request, or of the next one when there
  /// was none.
  void await(Promise<Void> promise, long deadline) {
    if (isWanted && isConfirmed()) {
      promise.complete();
    } else {
      waiting.add(new Waiting(promise, isWanted ? asked : asked + 1, deadline));
    }
  }

  /// Redis has confirmed a request.
  void confirmed() {
    // one that was asked for before a reset may come late
    confirmed = Math.min(confirmed + 1, asked);
    if (isWanted && confirmed >= wantedSince) {
      isHeard = true;
      wasEverHeard = true;
    }
    while (!waiting.isEmpty() && waiting.element().number() <= confirmed) {
      waiting.remove().promise().tryComplete();
    }
  }

  /// The link is new, or the channel is elsewhere: nothing of before counts.
  void reset() {
    isWanted = false;
    isHeard = false;
    unasked = 0;
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

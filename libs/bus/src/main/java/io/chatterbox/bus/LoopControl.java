package io.chatterbox.bus;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How the threads of a loop wait: for Redis, for the store, for a lease; and how they are told to
/// stop.
final class LoopControl {
  private static final Logger LOG = Logger.getLogger(LoopControl.class);
  private static final int FIRST_PAUSE_MILLIS = 20;
  private static final int LONGEST_PAUSE_MILLIS = 500;

  private final Duration giveUp;
  private final CountDownLatch stopped = new CountDownLatch(1);

  LoopControl(BusConfig config) {
    this.giveUp = config.giveUp();
  }

  /// Tells everybody to stop waiting.
  void stop() {
    stopped.countDown();
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /// Whether an entry is too old to be begun, so that nobody waits for it any more.
  boolean isStale(Held held) {
    return held.tenure().clock().now() - held.entry().first() > giveUp.toMillis();
  }

  /// Begins commands of a partition as soon as its lease is known to be held.
  ///
  /// @return whether they were begun; if not, the partition is another's
  boolean begin(Tenure tenure, int commands) {
    for (int round = 0; !isStopped(); round++) {
      switch (tenure.begin(commands)) {
        case YES -> {
          return true;
        }
        case NEVER -> {
          return false;
        }
        case LATER -> pause(round);
      }
    }
    return false;
  }

  /// Waits a little, longer with each round.
  void pause(int round) {
    long millis = Math.min(LONGEST_PAUSE_MILLIS, (long) FIRST_PAUSE_MILLIS << Math.min(round, 10));
    try {
      if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
    }
  }

  /// Repeats a request to Redis until it is answered.
  ///
  /// @return the answer; `null` when stopped before
  <T> @Nullable T insist(String what, Supplier<Future<T>> request) {
    for (int round = 0; !isStopped(); round++) {
      try {
        T answer = request.get().toCompletionStage().toCompletableFuture().get();
        if (round > 0) {
          LOG.infof("redis back waiting=%s rounds=%d", what, round);
        }
        return answer;
      } catch (ExecutionException e) {
        if (round == 0) {
          LOG.warnf("redis away waiting=%s reason=%s", what, e.getCause());
        }
        pause(round);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        stop();
      }
    }
    return null;
  }
}

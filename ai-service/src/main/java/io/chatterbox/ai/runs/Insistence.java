package io.chatterbox.ai.runs;

import io.chatterbox.bus.StoreAwayException;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Repeats what has to be done until the stores have answered, however long they are away.
@Singleton
class Insistence {
  private static final int SHORTEST_MS = 50;
  private static final int LONGEST_MS = 1_000;

  private final CountDownLatch closed = new CountDownLatch(1);

  Insistence() {}

  /// @throws StoreAwayException when the replica ends before there is an answer
  <T> T on(Supplier<T> request) {
    for (int round = 0; ; round++) {
      try {
        return request.get();
      } catch (StoreAwayException e) {
        if (isClosedAfter(round)) {
          throw e;
        }
      }
    }
  }

  /// @param request answers whether it is done
  /// @return false when the replica ends before it is
  boolean until(BooleanSupplier request) {
    for (int round = 0; !request.getAsBoolean(); round++) {
      if (isClosedAfter(round)) {
        return false;
      }
    }
    return true;
  }

  /// Nothing is repeated any more.
  void close() {
    closed.countDown();
  }

  private boolean isClosedAfter(int round) {
    try {
      return closed.await(
          Math.min(LONGEST_MS, SHORTEST_MS << Math.min(round, 8)), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}

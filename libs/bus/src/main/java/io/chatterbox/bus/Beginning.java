package io.chatterbox.bus;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The beginning of a service: its work starts when its stores are there, however long that takes.
public final class Beginning {
  private static final int AGAIN_AFTER_MS = 500;

  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean over;

  /// Prepares on a thread of its own, again and again, and then starts the work, once.
  ///
  /// @param prepare answers whether all that is needed is there
  public void start(BooleanSupplier prepare, Runnable work) {
    Thread.ofVirtual().name("startup").start(() -> begin(prepare, work));
  }

  /// Whether the work has started.
  public boolean isOver() {
    return over;
  }

  /// Work that has not started yet will not.
  public void stop() {
    stopping.countDown();
  }

  private void begin(BooleanSupplier prepare, Runnable work) {
    try {
      do {
        if (prepare.getAsBoolean()) {
          work.run();
          over = true;
          return;
        }
      } while (!stopping.await(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

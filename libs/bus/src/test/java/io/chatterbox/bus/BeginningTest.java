package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BeginningTest {
  private static final int PATIENCE_S = 20;

  private final Beginning beginning = new Beginning();

  @Test
  void startsTheWorkOnceWhenAllIsThere() throws InterruptedException {
    AtomicInteger tries = new AtomicInteger();
    CountDownLatch started = new CountDownLatch(1);
    beginning.start(
        () -> tries.incrementAndGet() == 2,
        () -> {
          assertThat(beginning.isOver()).isFalse();
          started.countDown();
        });
    assertThat(started.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    assertThat(tries).hasValue(2);
  }

  @Test
  void startsNothingAfterItWasStopped() throws InterruptedException {
    CountDownLatch tried = new CountDownLatch(1);
    AtomicInteger started = new AtomicInteger();
    beginning.stop();
    beginning.start(
        () -> {
          tried.countDown();
          return false;
        },
        started::incrementAndGet);
    assertThat(tried.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    assertThat(started).hasValue(0);
    assertThat(beginning.isOver()).isFalse();
  }
}

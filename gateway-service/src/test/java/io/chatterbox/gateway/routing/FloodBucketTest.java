package io.chatterbox.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FloodBucketTest {
  private long now = 1;
  private final FloodBucket bucket = new FloodBucket(50, () -> now);

  private void drain() {
    for (int i = 0; i < 50; i++) {
      assertThat(bucket.take()).isZero();
    }
  }

  @Test
  void takesASecondsWorthAtOnceAndNoMore() {
    drain();
    assertThat(bucket.take()).as("milliseconds until the next").isEqualTo(20);
  }

  @Test
  void whatWasToldIsEnoughToWait() {
    drain();
    now += TimeUnit.MILLISECONDS.toNanos(bucket.take());
    assertThat(bucket.take()).isZero();
    assertThat(bucket.take()).isPositive();
  }

  @Test
  void aRefusalCostsNothing() {
    drain();
    for (int i = 0; i < 1000; i++) {
      assertThat(bucket.take()).isEqualTo(20);
    }
  }

  @Test
  void restIsNotSavedUpBeyondASecond() {
    now += TimeUnit.HOURS.toNanos(1);
    drain();
    assertThat(bucket.take()).isPositive();
  }
}

package io.chatterbox.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BucketsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Buckets buckets = new Buckets(10, 3, now::get);

  @Test
  void givesABurstAndThenOneAfterTheOther() {
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isEqualTo(10);
    now.addAndGet(9);
    assertThat(buckets.take("a")).isEqualTo(1);
    now.addAndGet(1);
    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("a")).isEqualTo(10);
    assertThat(buckets.take("b")).isZero();
  }

  @Test
  void isFullAgainAfterAPause() {
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    now.addAndGet(1_000);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isPositive();
  }
}

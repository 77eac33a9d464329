package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.testkit.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedBucketsIT {
  private static final SharedBuckets.Rate RATE = SharedBuckets.Rate.of(5, Duration.ofMinutes(1));
  private static final int MILLIS_EACH = 12_000;

  private final TestNode one = TestNode.at(TestRedis.sharedUrl(), "one-" + UUID.randomUUID());
  private final TestNode other = TestNode.at(TestRedis.sharedUrl(), "other-" + UUID.randomUUID());
  private final SharedBuckets here = new SharedBuckets(one.requests());
  private final SharedBuckets there = new SharedBuckets(other.requests());
  private final String bucket = "{test:" + UUID.randomUUID() + "}:bucket";

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  @Test
  void allProcessesTakeFromOneBucket() {
    assertThat(take(here, 3)).isEqualTo(new SharedBuckets.Taken(3, 0));
    assertThat(take(there, 2)).isEqualTo(new SharedBuckets.Taken(2, 0));
    SharedBuckets.Taken refused = take(here, 1);
    assertThat(refused.count()).isZero();
    assertThat(refused.waitMillis()).isBetween(1L, (long) MILLIS_EACH);
    // what is refused uses nothing up
    assertThat(take(there, 1).waitMillis()).isBetween(1L, refused.waitMillis());
  }

  @Test
  void givesOfManyAsManyAsThereAre() {
    SharedBuckets.Taken some = take(here, 7);
    assertThat(some.count()).isEqualTo(5);
    assertThat(some.waitMillis()).isBetween(1L, (long) MILLIS_EACH);
  }

  @Test
  void takesBackWhatWasNotUsed() {
    take(here, 5);
    take(here, -2);
    assertThat(take(there, 3).count()).isEqualTo(2);
    take(here, -9);
    // a full one is none
    assertThat(
            one.requests()
                .api()
                .exists(List.of(bucket))
                .toCompletionStage()
                .toCompletableFuture()
                .join())
        .hasToString("0");
  }

  @Test
  void goesOnWhenRedisHasForgottenTheScript() {
    take(here, 1);
    one.requests().api().script(List.of("FLUSH")).toCompletionStage().toCompletableFuture().join();
    assertThat(take(here, 4)).isEqualTo(new SharedBuckets.Taken(4, 0));
  }

  private SharedBuckets.Taken take(SharedBuckets buckets, int wanted) {
    return buckets.take(bucket, RATE, wanted).toCompletionStage().toCompletableFuture().join();
  }
}

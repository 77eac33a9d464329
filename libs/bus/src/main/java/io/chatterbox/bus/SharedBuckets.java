package io.chatterbox.bus;

import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/// Buckets of what may be done so often, shared by all processes and counted by Redis's clock.
/// Redis may lose one: then it is full.
@Singleton
public final class SharedBuckets {
  private static final Script TAKE = Script.load("take");

  private final Requests redis;

  @Inject
  public SharedBuckets(Requests redis) {
    this.redis = redis;
  }

  /// So many at once, and one more after each such time.
  ///
  /// @param millisEach may be a part of a millisecond
  public record Rate(double millisEach, int burst) {
    /// So many in that time; as many may come at once.
    public static Rate of(int count, Duration time) {
      return new Rate((double) time.toMillis() / count, count);
    }
  }

  /// What came of it.
  ///
  /// @param count so many were taken
  /// @param waitMillis when there will be one more; 0 when all that were wanted were taken
  public record Taken(int count, long waitMillis) {}

  /// Takes as many of those that are wanted as there are.
  ///
  /// @param bucket its key
  /// @param wanted how many; negative: so many are given back
  /// @return failed when Redis does not answer
  public Future<Taken> take(String bucket, Rate rate, int wanted) {
    return TAKE.run(
            redis.router(),
            List.of(bucket),
            List.of(Double.toString(rate.millisEach()), rate.burst(), wanted))
        .map(answer -> new Taken(answer.get(0).toInteger(), answer.get(1).toLong()));
  }
}

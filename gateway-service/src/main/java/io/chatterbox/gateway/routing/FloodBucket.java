package io.chatterbox.gateway.routing;

import java.util.function.LongSupplier;

/// A token bucket: so many per second, and as many at once. On one thread.
public final class FloodBucket {
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final LongSupplier nanoTime;
  private double tokens;
  private long filledAt;

  /// @param nanoTime a monotonic clock
  public FloodBucket(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.tokens = perSecond;
    this.filledAt = nanoTime.getAsLong();
  }

  /// Takes one.
  ///
  /// @return 0, or the milliseconds after which there is one
  public long take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(perSecond, tokens + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
    if (tokens >= 1) {
      tokens--;
      return 0;
    }
    return (long) Math.ceil((1 - tokens) * 1000 / perSecond);
  }
}

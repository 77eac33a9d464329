package io.chatterbox.gateway.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// A bucket for each address. From any thread.
final class Buckets {
  private static final int CLEANED_AT = 10_000;

  private final long nanosEach;
  private final int burst;
  private final LongSupplier nanoTime;
  private final Map<String, Bucket> buckets = new HashMap<>();
  private int cleanAt = CLEANED_AT;

  Buckets(long nanosEach, int burst, LongSupplier nanoTime) {
    this.nanosEach = nanosEach;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  /// @return nanoseconds until there is one; 0 when it was taken
  synchronized long take(String address) {
    long now = nanoTime.getAsLong();
    if (buckets.size() >= cleanAt) {
      // a full one says nothing
      buckets.values().removeIf(bucket -> bucket.isFull(now));
      cleanAt = Math.max(CLEANED_AT, buckets.size() * 2);
    }
    return buckets.computeIfAbsent(address, _ -> new Bucket(nanosEach, burst, now)).take(now);
  }
}

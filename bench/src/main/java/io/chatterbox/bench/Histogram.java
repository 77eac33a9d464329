package io.chatterbox.bench;

/// Durations in buckets of 1/16 of their power of two.
public final class Histogram {
  private static final int STEPS = 16;

  private final long[] buckets = new long[64 * STEPS];
  private long count;

  public void add(long nanos) {
    buckets[bucket(Math.max(1, nanos))]++;
    count++;
  }

  private static int bucket(long nanos) {
    int power = 63 - Long.numberOfLeadingZeros(nanos);
    int step = power < 4 ? 0 : (int) (nanos >> (power - 4)) & (STEPS - 1);
    return power * STEPS + step;
  }

  /// The upper end of the bucket that holds this share of all, in milliseconds.
  public double millis(double share) {
    long wanted = (long) Math.ceil(count * share);
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= wanted && seen > 0) {
        double base = 1L << (i / STEPS);
        return base * (1 + (i % STEPS + 1) / (double) STEPS) / 1e6;
      }
    }
    return 0;
  }
}

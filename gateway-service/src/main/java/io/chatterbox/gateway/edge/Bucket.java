package io.chatterbox.gateway.edge;

/// So many at once, and so many a second after that. Not for several threads.
final class Bucket {
  private final long nanosEach;
  private final long room;
  private long full;

  /// @param now the time in nanoseconds, as [#take] is told
  Bucket(long nanosEach, int burst, long now) {
    this.nanosEach = nanosEach;
    this.room = nanosEach * burst;
    this.full = now;
  }

  /// @return nanoseconds until there is one; 0 when it was taken
  long take(long now) {
    long next = Math.max(full - now, 0) + nanosEach;
    if (next > room) {
      return next - room;
    }
    full = now + next;
    return 0;
  }

  boolean isFull(long now) {
    return full - now <= 0;
  }
}

package io.chatterbox.bus;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Redis's clock as far as it is known here: the last answer of it, carried on by the monotonic
/// clock of this machine. Never behind Redis's by more than its drift within a renewal.
final class RedisClock {
  private static final long SLOW = Duration.ofSeconds(1).toNanos();

  private record Sample(long millis, long nanos) {}

  private volatile @Nullable Sample sample;

  /// Takes an answer over.
  ///
  /// @param millis what Redis said
  /// @param askedAt `System.nanoTime` when it was asked; taken for the time of the answer, so that
  ///   the clock errs to the late side, by which nothing is begun that should not be
  void heard(long millis, long askedAt) {
    // an answer that a pause came between says little; a first one is better than none
    if (sample == null || System.nanoTime() - askedAt < SLOW) {
      sample = new Sample(millis, askedAt);
    }
  }

  /// Milliseconds since 1970.
  ///
  /// @throws IllegalStateException before the first answer
  long now() {
    Sample known = sample;
    if (known == null) {
      throw new IllegalStateException("Redis was not heard yet");
    }
    return known.millis + (System.nanoTime() - known.nanos) / 1_000_000;
  }
}

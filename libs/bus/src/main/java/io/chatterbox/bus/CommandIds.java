package io.chatterbox.bus;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Ids of commands to which their senders gave none: UUIDs of version 7 (RFC 9562, section 5.7),
/// each above the one before.
///
/// A store keeps an index over key, sender and id. What a sender of many commands sends one after
/// the other stands there side by side, so that the last of its pages is touched, and not any.
@Singleton
public final class CommandIds {
  private static final int COUNTER_BITS = 12;
  private static final int VERSION_BITS = 4;
  private static final long COUNTER = (1L << COUNTER_BITS) - 1;
  private static final long VERSION = 7L << COUNTER_BITS;
  private static final long VARIANT = 1L << 63;
  private static final long RANDOM = VARIANT >>> 1;

  private final Clock clock;

  /// Milliseconds, and a counter of those within one (section 6.2, method 1); the counter runs over
  /// into the next millisecond.
  private final AtomicLong last = new AtomicLong();

  @Inject
  CommandIds(Clock clock) {
    this.clock = clock;
  }

  /// A new one. Safe for all threads.
  public String next() {
    long now = clock.millis() << COUNTER_BITS;
    long at = last.updateAndGet(before -> Math.max(before + 1, now));
    long high = ((at & ~COUNTER) << VERSION_BITS) | VERSION | (at & COUNTER);
    return new UUID(high, VARIANT | ThreadLocalRandom.current().nextLong(RANDOM)).toString();
  }
}

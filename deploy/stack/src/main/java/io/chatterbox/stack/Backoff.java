package io.chatterbox.stack;

import java.time.Duration;

/// How long to wait before a program is started again: half a second, then twice as long each time
/// up to half a minute; from the beginning once it has run for a minute.
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(500);
  static final Duration LONGEST = Duration.ofSeconds(30);
  static final Duration SOUND = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /// The pause after a run of this length.
  Duration after(Duration run) {
    Duration pause = run.compareTo(SOUND) >= 0 ? FIRST : next;
    Duration twice = pause.multipliedBy(2);
    next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    return pause;
  }
}

package io.chatterbox.bus;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// Tells the time at which it began, and what has passed since by a clock that nobody sets.
final class SteadyClock extends Clock {
  private final ZoneId zone;
  private final Instant began;
  private final long beganNanos;

  SteadyClock(Clock machine) {
    this(machine.getZone(), machine.instant(), System.nanoTime());
  }

  private SteadyClock(ZoneId zone, Instant began, long beganNanos) {
    this.zone = zone;
    this.began = began;
    this.beganNanos = beganNanos;
  }

  @Override
  public Instant instant() {
    return began.plusNanos(System.nanoTime() - beganNanos);
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SteadyClock(other, began, beganNanos);
  }
}

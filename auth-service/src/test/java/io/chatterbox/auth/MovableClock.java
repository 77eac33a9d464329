package io.chatterbox.auth;

import io.chatterbox.bus.Steady;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The system's time, and what a test has added to it.
public final class MovableClock extends Clock {
  private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);

  private MovableClock() {}

  /// Lets time pass; zero goes back.
  public static void ahead(Duration duration) {
    AHEAD.set(duration);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(AHEAD.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  /// In place of the system's clock.
  @Dependent
  static final class Source {
    @Mock
    @Produces
    @Singleton
    Clock clock() {
      return new MovableClock();
    }

    @Mock
    @Produces
    @Singleton
    @Steady
    Clock steady() {
      return new MovableClock();
    }
  }
}

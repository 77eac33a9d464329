package io.chatterbox.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jboss.logging.Logger;

/// A clock that is wrong by what a file says, as `PT1H` or `-PT1H`, and jumps when that changes.
final class WrongClock extends Clock {
  private static final Logger LOG = Logger.getLogger(WrongClock.class);
  private static final long LOOK_NANOS = 100_000_000L;

  private final Clock right;
  private final Path file;

  private record Read(Duration offset, long at) {}

  private volatile Read last = new Read(Duration.ZERO, System.nanoTime() - LOOK_NANOS);

  /// @param file that need not exist: then the clock is right
  WrongClock(Clock right, Path file) {
    this.right = right;
    this.file = file;
  }

  @Override
  public Instant instant() {
    return right.instant().plus(offset());
  }

  @Override
  public ZoneId getZone() {
    return right.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new WrongClock(right.withZone(zone), file);
  }

  private Duration offset() {
    Read known = last;
    long now = System.nanoTime();
    if (now - known.at() < LOOK_NANOS) {
      return known.offset();
    }
    Duration offset = read(known.offset());
    last = new Read(offset, now);
    if (!offset.equals(known.offset())) {
      LOG.warnf("event=clock-jumped offset=%s", offset);
    }
    return offset;
  }

  private Duration read(Duration before) {
    try {
      return Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
    } catch (IOException | DateTimeParseException e) {
      LOG.debugf("event=offset-not-read reason=%s", e.toString());
      return before;
    }
  }
}

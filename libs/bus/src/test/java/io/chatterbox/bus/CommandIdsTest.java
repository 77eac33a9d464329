package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandIdsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00.123Z");
  private static final int MANY = 10_000;
  private static final int THREADS = 4;

  private final CommandIds ids = new CommandIds(Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void areVersionSevenAndBeginWithTheTime() {
    UUID id = UUID.fromString(ids.next());

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void eachIsAboveTheOneBeforeAlsoWithinAMillisecond() {
    assertThat(Stream.generate(ids::next).limit(MANY)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void eachIsAboveTheOneBeforeWhenTheClockIsPutBack() {
    Clock[] clock = {Clock.fixed(NOW, ZoneOffset.UTC)};
    CommandIds across = new CommandIds(new Moving(clock));
    String before = across.next();
    clock[0] = Clock.fixed(NOW.minus(Duration.ofHours(1)), ZoneOffset.UTC);

    assertThat(across.next()).isGreaterThan(before);
  }

  @Test
  void threadsShareNone() throws Exception {
    List<Callable<List<String>>> work = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      work.add(() -> Stream.generate(ids::next).limit(MANY).toList());
    }
    List<String> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<List<String>> one : threads.invokeAll(work)) {
        all.addAll(one.get());
      }
    }

    // also without what is random in them
    assertThat(all.stream().map(id -> id.substring(0, 18))).doesNotHaveDuplicates();
  }

  private static final class Moving extends Clock {
    private final Clock[] at;

    Moving(Clock[] at) {
      this.at = at;
    }

    @Override
    public Instant instant() {
      return at[0].instant();
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}

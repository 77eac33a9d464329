package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongClockTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Clock right = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;

  @Test
  void isRightWhereNothingIsSaid() {
    assertThat(new WrongClock(right, folder.resolve("chat-1")).instant()).isEqualTo(NOW);
  }

  @Test
  void jumpsWhenTheFileChangesAndKeepsItsTimeWhenThatCannotBeRead() throws IOException {
    Path file = folder.resolve("chat-1");
    WrongClock clock = new WrongClock(right, file);
    Files.writeString(file, "PT1H\n");
    await().until(() -> clock.instant().equals(NOW.plusSeconds(3_600)));
    Files.writeString(file, "-PT30M");
    await().until(() -> clock.instant().equals(NOW.minusSeconds(1_800)));
    Files.writeString(file, "an hour");
    WrongClock other = new WrongClock(right, file);
    assertThat(other.instant()).isEqualTo(NOW);
    assertThat(clock.instant()).isEqualTo(NOW.minusSeconds(1_800));
    Files.delete(file);
    await().until(() -> clock.instant().equals(NOW));
  }
}

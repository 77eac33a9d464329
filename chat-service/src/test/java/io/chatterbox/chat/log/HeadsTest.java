package io.chatterbox.chat.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Heads heads = new Heads(10);

  record Heavy(int weight) implements KeyState {}

  @Test
  void forgetsTheLeastRecentlyUsedWhenItIsFull() {
    heads.keep(head("a", 4), NOW);
    heads.keep(head("b", 4), NOW);
    assertThat(heads.find(Key.room("a"), NOW)).isPresent();

    heads.keep(head("c", 4), NOW);

    assertThat(heads.find(Key.room("b"), NOW)).isEmpty();
    assertThat(heads.find(Key.room("a"), NOW)).isPresent();
    assertThat(heads.find(Key.room("c"), NOW)).isPresent();
  }

  @Test
  void countsAReplacedHeadOnce() {
    for (int i = 0; i < 100; i++) {
      heads.keep(head("a", 6), NOW);
    }
    heads.keep(head("b", 4), NOW);

    assertThat(heads.find(Key.room("a"), NOW)).isPresent();
    assertThat(heads.find(Key.room("b"), NOW)).isPresent();
  }

  @Test
  void keepsNothingThatIsTooHeavyByItself() {
    heads.keep(head("a", 11), NOW);
    assertThat(heads.find(Key.room("a"), NOW)).isEmpty();
  }

  @Test
  void trustsNoHeadThatNobodyConfirmedForHours() {
    heads.keep(head("a", 1), NOW);
    assertThat(heads.find(Key.room("a"), NOW.plus(Duration.ofMinutes(59)))).isPresent();
    assertThat(heads.find(Key.room("a"), NOW.plus(Duration.ofMinutes(61)))).isEmpty();
  }

  private static Head head(String name, int weight) {
    return new Head(Key.room(name), 1, 0, Optional.of(new Heavy(weight)));
  }
}

package io.chatterbox.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Backoff backoff = new Backoff();

  @Test
  void pausesGrowToALimit() {
    assertThat(backoff.after(SHORT)).isEqualTo(Duration.ofMillis(500));
    assertThat(backoff.after(SHORT)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.after(SHORT)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.after(SHORT)).isLessThanOrEqualTo(Backoff.LONGEST);
    }
    assertThat(backoff.after(SHORT)).isEqualTo(Backoff.LONGEST);
  }

  @Test
  void aSoundRunBeginsAnew() {
    backoff.after(SHORT);
    backoff.after(SHORT);
    assertThat(backoff.after(Backoff.SOUND)).isEqualTo(Backoff.FIRST);
    assertThat(backoff.after(SHORT)).isEqualTo(Duration.ofSeconds(1));
  }
}

package io.chatterbox.ai.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.ai.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Executor THREADS = task -> Thread.ofVirtual().start(task);

  private final Places places = new Places(Settings.with("runs.most", "1"));
  private final Run first = new Run("first");
  private final Run second = new Run("second");
  private final Run third = new Run("third");

  @BeforeEach
  void oneIsTaken() throws InterruptedException {
    assertThat(places.enter(first, Duration.ZERO)).isTrue();
  }

  @Test
  void letsThemInInTheOrderTheyCame() {
    CompletableFuture<Boolean> two = waits(second, PATIENCE);
    CompletableFuture<Boolean> three = waits(third, PATIENCE);
    places.leave();
    await().until(two::isDone);
    assertThat(two.join()).isTrue();
    assertThat(three).isNotDone();
    assertThat(places.taken()).isEqualTo(1);
    places.leave();
    assertThat(three.join()).isTrue();
    places.leave();
    assertThat(places.taken()).isZero();
  }

  @Test
  void doesNotKeepAPlaceForOneThatIsStoppedMeanwhile() {
    CompletableFuture<Boolean> two = waits(second, PATIENCE);
    CompletableFuture<Boolean> three = waits(third, PATIENCE);
    second.want(Run.Wish.STOP);
    assertThat(two.join()).isFalse();
    places.leave();
    assertThat(three.join()).isTrue();
  }

  @Test
  void sendsAwayWhoHasWaitedForTooLong() throws InterruptedException {
    assertThat(places.enter(second, Duration.ofMillis(1))).isFalse();
    assertThat(places.waiting()).isZero();
    assertThat(places.taken()).isEqualTo(1);
  }

  private CompletableFuture<Boolean> waits(Run run, Duration patience) {
    int before = places.waiting();
    CompletableFuture<Boolean> entered =
        CompletableFuture.supplyAsync(() -> isEntered(run, patience), THREADS);
    await().until(() -> places.waiting() > before);
    return entered;
  }

  private boolean isEntered(Run run, Duration patience) {
    try {
      return places.enter(run, patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

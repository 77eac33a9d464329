package io.chatterbox.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chatterbox.ai.usage.DailyUsage;
import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Refusal;
import io.chatterbox.stack.demo.DemoProvider;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The bounds of runs, each as narrow as can be, and what may be said.
@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(value = DemoProviderResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = BoundsIT.Narrow.class, restrictToAnnotatedClass = true)
class BoundsIT {
  private static final String BRIEFLY = " demo:tokens=5";
  private static final String STALLS = " demo:stall demo:after=3 demo:tokens=5";
  private static final int DAILY = 1_000;

  @Inject Talk one;
  @Inject Talk two;
  @Inject Talk three;
  @Inject ChatEnd chat;
  @Inject FinishedRuns finished;
  @Nullable DemoProvider demo;

  @AfterEach
  void letNothingGoOn() {
    for (Talk talk : new Talk[] {one, two, three}) {
      if (talk.stop(talk.anna(), null)) {
        await().until(() -> !talk.stop(talk.anna(), null));
      }
    }
  }

  @Test
  void letsARunWaitForItsTurn() {
    String first = one.ask("hello" + STALLS);
    one.awaitPart(first);
    String mark = UUID.randomUUID().toString();
    String second = two.ask(mark + BRIEFLY);
    await().during(Duration.ofMillis(300)).until(() -> !isAsked(mark));
    assertThat(one.stop(one.anna(), first)).isTrue();
    assertThat(two.awaitEnd(second).content()).startsWith("This is");
    assertThat(isAsked(mark)).isTrue();
  }

  @Test
  void stopsARunThatWaits() {
    one.awaitPart(one.ask("hello" + STALLS));
    String mark = UUID.randomUUID().toString();
    String second = two.ask(mark + BRIEFLY);
    assertThat(two.stop(two.ben(), second)).isTrue();
    EndRun end = two.awaitEnd(second);
    assertThat(end.stopped()).isTrue();
    assertThat(end.content()).isEmpty();
    assertThat(isAsked(mark)).isFalse();
  }

  @Test
  void givesUpARunThatHasWaitedForTooLong() {
    one.awaitPart(one.ask("hello" + STALLS));
    EndRun end = two.awaitEnd(two.ask("hello" + BRIEFLY));
    Failure error = Objects.requireNonNull(end.error());
    assertThat(error.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(error.retryAfterMs()).isPositive();
    assertThat(end.content()).isEmpty();
  }

  @Test
  void refusesMoreThanMayWaitAndStoresNothing() {
    one.awaitPart(one.ask("hello" + STALLS));
    String waits = two.ask("hello" + BRIEFLY);
    Refusal refusal = refused(ErrorCode.RATE_LIMITED, () -> three.ask("hello" + BRIEFLY));
    assertThat(refusal.sentence()).contains("busy");
    assertThat(refusal.retryAfterMs()).isPositive();
    assertThat(chat.questionsIn(three.id())).isZero();
    assertThat(two.stop(two.anna(), waits)).isTrue();
    two.awaitEnd(waits);
    assertThat(three.stop(three.anna(), null)).isFalse();
  }

  @Test
  void refusesMoreThanOneUserMayHave() {
    Caller anna = one.anna();
    chat.open(two.id(), anna.userId(), two.anna().userId());
    String first = one.ask("hello" + STALLS);
    one.awaitPart(first);
    Refusal refusal = refused(ErrorCode.RATE_LIMITED, () -> two.ask(anna, "hello" + BRIEFLY, null));
    assertThat(refusal.sentence()).contains("your questions");
    assertThat(chat.questionsIn(two.id())).isZero();
    assertThat(one.stop(anna, first)).isTrue();
    one.awaitEnd(first);
    await()
        .untilAsserted(() ->
            assertThat(two.awaitEnd(two.ask(anna, "hello" + BRIEFLY, null).run()).error())
                .isNull());
  }

  @Test
  void refusesMoreThanADaysTokensButAnswersWhatWasAsked() {
    Caller anna = one.anna();
    String first = one.ask(anna, "x".repeat(4 * DAILY) + BRIEFLY, "id-1").run();
    one.awaitEnd(first);
    await().until(() -> finished.today(anna.userId()).isUsedUp());
    DailyUsage usage = finished.today(anna.userId());
    assertThat(usage.limit()).isEqualTo(DAILY);
    assertThat(usage.promptTokens() + usage.completionTokens()).isGreaterThanOrEqualTo(DAILY);
    Refusal refusal = refused(ErrorCode.RATE_LIMITED, () -> one.ask("hello" + BRIEFLY));
    assertThat(refusal.sentence()).contains("today");
    assertThat(refusal.retryAfterMs()).isBetween(1L, Duration.ofDays(1).toMillis());
    assertThat(chat.questionsIn(one.id())).isEqualTo(1);
    assertThat(one.ask(anna, "hello", "id-1").run()).isEqualTo(first);
    assertThat(one.awaitEnd(one.ask(one.ben(), "hello" + BRIEFLY, null).run()).error()).isNull();
  }

  @Test
  void doesNotTakeAQuestionThatModerationObjectsTo() {
    Refusal refusal = refused(ErrorCode.VALIDATION_ERROR, () -> one.ask("Is GRASS green?"));
    assertThat(refusal.sentence()).doesNotContainIgnoringCase("grass");
    assertThat(chat.questionsIn(one.id())).isZero();
    assertThat(one.awaitEnd(one.ask("a grasshopper" + BRIEFLY)).error()).isNull();
  }

  @Test
  void doesNotShowTheModelWhatModerationObjectsTo() {
    String mark = UUID.randomUUID().toString();
    chat.says(one.id(), "ben", "all grass is green", "text");
    one.awaitEnd(one.ask(mark + BRIEFLY));
    assertThat(
            Objects.requireNonNull(demo).requests().stream()
                .filter(request -> request.body().contains(mark)))
        .singleElement()
        .satisfies(request -> assertThat(request.body()).doesNotContain("grass"));
  }

  @Test
  void endsAnAnswerBeforeWhatModerationObjectsToIsTold() {
    String runId = one.ask("hello demo:pace=50");
    EndRun end = one.awaitEnd(runId);
    assertThat(Objects.requireNonNull(end.error()).code()).isEqualTo(ErrorCode.AI_PROVIDER_ERROR);
    assertThat(end.content())
        .isEqualTo(one.told(runId))
        .startsWith("This is")
        .doesNotContain("language");
    assertThat(end.stopped()).isFalse();
  }

  private static Refusal refused(ErrorCode code, ThrowingCallable call) {
    Refusal[] caught = new Refusal[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              caught[0] = refusal;
            });
    return caught[0];
  }

  private boolean isAsked(String mark) {
    return Objects.requireNonNull(demo).requests().stream()
        .anyMatch(request -> request.body().contains(mark));
  }

  /// Settings.
  public static final class Narrow implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      return Map.of(
          "chatterbox.ai.runs.most", "1",
          "chatterbox.ai.runs.queue", "1",
          "chatterbox.ai.runs.turn", "1s",
          "chatterbox.ai.runs.per-user", "1",
          "chatterbox.ai.context-tokens", "100000",
          "chatterbox.ai.daily-tokens", Integer.toString(DAILY),
          "chatterbox.ai.moderation.words", "grass,language model");
    }

    @Override
    public void stop() {}
  }
}

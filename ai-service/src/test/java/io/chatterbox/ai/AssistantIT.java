package io.chatterbox.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chatterbox.ai.usage.DailyUsage;
import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.contract.AiCommand.ReadRun;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.stack.demo.DemoProvider;
import io.chatterbox.stack.demo.DemoRequest;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(value = DemoProviderResource.class, restrictToAnnotatedClass = true)
class AssistantIT {
  private static final Logger LOG = Logger.getLogger(AssistantIT.class);
  private static final String SLOWLY = " demo:tokens=1000 demo:pace=50";

  @Inject Talk talk;
  @Inject ChatEnd chat;
  @Inject CommandClient bus;
  @Inject FinishedRuns finished;
  @Nullable DemoProvider demo;

  @Test
  void isReady() {
    await().untilAsserted(() -> RestAssured.get("/q/health/ready").then().statusCode(200));
  }

  @Test
  void tellsTheAnswerInPartsThatComeToWhatIsStored() {
    String runId = talk.ask("hello demo:pace=100");
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.content()).startsWith("This is ChatterBox's").isEqualTo(talk.told(runId));
    assertThat(talk.parts(runId)).hasSizeGreaterThan(3);
    assertThat(talk.parts(runId))
        .extracting(Talk.Part::index)
        .containsExactlyElementsOf(IntStream.range(0, talk.parts(runId).size()).boxed().toList());
    assertThat(end.askerId()).isEqualTo(talk.anna().userId());
    assertThat(end.stopped()).isFalse();
    assertThat(end.error()).isNull();
    assertThat(end.usage().completionTokens()).isPositive();
  }

  @Test
  void rollsUpWhatComesFaster() {
    String runId = talk.ask("hello demo:tokens=2000");
    EndRun end = talk.awaitEnd(runId);
    assertThat(talk.told(runId)).isEqualTo(end.content());
    assertThat(talk.parts(runId)).hasSizeLessThan(200);
  }

  @Test
  void answersARepeatWithTheFirstRunWhileItGoesOnAndAfterwards() {
    String first = talk.ask(talk.anna(), "why?" + SLOWLY, "id-1").run();
    assertThat(talk.ask(talk.anna(), "what?", "id-1").run()).isEqualTo(first);
    assertThat(talk.stop(talk.anna(), null)).isTrue();
    talk.awaitEnd(first);
    assertThat(talk.ask(talk.anna(), "what?", "id-1").run()).isEqualTo(first);
    assertThat(chat.questionsIn(talk.id())).isEqualTo(1);
    assertThat(chat.endsOf(talk.id())).hasSize(1);
  }

  @Test
  void takesOneRunAtATimeAndTheNextAsSoonAsItsEndIsTold() {
    String first = talk.ask("long" + SLOWLY);
    refused(ErrorCode.CONFLICT, () -> talk.ask(talk.ben(), "me too", null));
    assertThat(chat.questionsIn(talk.id())).isEqualTo(1);
    assertThat(talk.stop(talk.ben(), first)).isTrue();
    talk.awaitEnd(first);
    String second = talk.ask(talk.ben(), "now me", null).run();
    assertThat(talk.awaitEnd(second).stopped()).isFalse();
    assertThat(talk.awaitEnd(second).askerId()).isEqualTo(talk.ben().userId());
  }

  @Test
  void isNotThereForThoseWhoDoNotTakePart() {
    Caller eve = Talk.person("eve");
    refused(ErrorCode.NOT_FOUND, () -> talk.ask(eve, "hi", null));
    String runId = talk.ask("long" + SLOWLY);
    refused(ErrorCode.NOT_FOUND, () -> talk.stop(eve, null));
    refused(ErrorCode.NOT_FOUND, () -> talk.ask(eve, "hi", null));
    assertThat(talk.stop(talk.anna(), null)).isTrue();
    assertThat(talk.awaitEnd(runId).stopped()).isTrue();
  }

  @Test
  void refusesWhatIsNoQuestion() {
    refused(ErrorCode.VALIDATION_ERROR, () -> talk.ask("  "));
  }

  @Test
  void keepsWhatWasShownWhenItIsStoppedAndHangsUpOnTheProvider() {
    String mark = UUID.randomUUID().toString();
    String runId = talk.ask(mark + SLOWLY);
    talk.awaitPart(runId);
    assertThat(talk.stop(talk.ben(), null)).isTrue();
    await().until(() -> request(mark).isAbandoned());
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.stopped()).isTrue();
    assertThat(end.error()).isNull();
    assertThat(end.content()).isEqualTo(talk.told(runId)).startsWith("This is");
    assertThat(talk.stop(talk.ben(), null)).isFalse();
  }

  /// At 50 tokens a second, ten are 200 ms. The middle of five stops, since this machine may be
  /// busy.
  @Test
  void hangsUpOnTheProviderBeforeItHasSentTenMoreTokens() {
    List<Integer> tokens = new ArrayList<>();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      String mark = UUID.randomUUID().toString();
      String runId = talk.ask(mark + SLOWLY);
      talk.awaitPart(runId);
      int before = request(mark).tokensSent();
      long asked = System.nanoTime();
      assertThat(talk.stop(talk.ben(), null)).isTrue();
      await().pollInterval(Duration.ofMillis(5)).until(() -> request(mark).isAbandoned());
      tokens.add(request(mark).tokensSent() - before);
      millis.add(TimeUnit.NANOSECONDS.toMillis(request(mark).closedAt() - asked));
      talk.awaitEnd(runId);
    }
    assertThat(tokens.stream().sorted().toList().get(2))
        .as("tokens after each stop, which took %s ms", millis)
        .isLessThanOrEqualTo(10);
    LOG.infof("event=stops-measured ms=%s tokens=%s", millis, tokens);
  }

  @Test
  void isMeasured() {
    talk.awaitEnd(talk.ask("hello demo:pace=500"));
    String stopped = talk.ask("hello" + SLOWLY);
    talk.awaitPart(stopped);
    assertThat(talk.stop(talk.anna(), stopped)).isTrue();
    talk.awaitEnd(stopped);
    talk.awaitEnd(talk.ask("demo:status=429"));
    await()
        .untilAsserted(() ->
            assertThat(RestAssured.get("/q/metrics").asString().lines())
                .anyMatch(line -> line.matches("chatterbox_ai_first_token_seconds_count.* [1-9].*"))
                .anyMatch(line -> line.matches("chatterbox_ai_tokens_per_second_count.* [1-9].*"))
                .anyMatch(line -> line.matches("chatterbox_ai_runs_active.* [0-9.]+"))
                .anyMatch(line -> line.matches("chatterbox_ai_runs_queued.* [0-9.]+"))
                .anyMatch(line -> line.matches("chatterbox_ai_stops_total.* [1-9].*"))
                .anyMatch(
                    line -> line.matches("chatterbox_ai_runs_ended_total.*complete.* [1-9].*"))
                .anyMatch(
                    line -> line.matches("chatterbox_ai_errors_total.*AI_PROVIDER_ERROR.* [1-9].*"))
                .anyMatch(
                    line -> line.matches("chatterbox_ai_provider_failures_total.*busy.* [1-9].*"))
                .anyMatch(
                    line -> line.matches("chatterbox_ai_tokens_total.*completion.* [1-9].*")));
  }

  @Test
  void saysWhenABusyProviderWantsToBeAskedAgain() {
    EndRun end = talk.awaitEnd(talk.ask("demo:status=429"));
    assertThat(Objects.requireNonNull(end.error()).retryAfterMs()).isEqualTo(7_000);
  }

  /// Neither people nor logs are told the key, or what a provider says about it.
  @ParameterizedTest
  @CsvSource({
    "demo:status=401",
    "demo:status=500",
    "demo:html",
    "demo:malformed",
    "demo:error",
    "demo:bad-utf8",
    "demo:cut"
  })
  void keepsTheKeyAndTheProvidersTextToItself(String question) {
    List<String> said = new CopyOnWriteArrayList<>();
    Ear ear = new Ear(said);
    java.util.logging.Logger all = java.util.logging.Logger.getLogger("");
    java.util.logging.Logger own = java.util.logging.Logger.getLogger("io.chatterbox");
    all.addHandler(ear);
    own.setLevel(java.util.logging.Level.ALL);
    try {
      EndRun end = talk.awaitEnd(talk.ask(question));
      said.add(end.toString());
    } finally {
      own.setLevel(null);
      all.removeHandler(ear);
    }
    assertThat(said)
        .isNotEmpty()
        .noneMatch(line -> line.contains("sk-") || line.contains("inside of"));
  }

  @Test
  void stopsBeforeTheFirstPart() {
    String runId = talk.ask("demo:silent");
    assertThat(talk.stop(talk.anna(), runId)).isTrue();
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.stopped()).isTrue();
    assertThat(end.content()).isEmpty();
    assertThat(end.usage()).isEqualTo(new AiUsage(0, 0, 0));
  }

  @Test
  void doesNotStopAnotherRun() {
    String runId = talk.ask("long" + SLOWLY);
    assertThat(talk.stop(talk.anna(), "another")).isFalse();
    assertThat(talk.stop(talk.anna(), runId)).isTrue();
    talk.awaitEnd(runId);
  }

  @ParameterizedTest
  @CsvSource({
    "demo:status=401",
    "demo:status=429",
    "demo:status=500",
    "demo:html",
    "demo:malformed demo:after=0",
    "demo:silent",
  })
  void tellsThatTheProviderFailed(String question) {
    EndRun end = talk.awaitEnd(talk.ask(question));
    Failure error = Objects.requireNonNull(end.error());
    assertThat(error.code()).isEqualTo(ErrorCode.AI_PROVIDER_ERROR);
    assertThat(error.message()).doesNotContain("sk-", "secret");
    assertThat(end.content()).isEmpty();
    assertThat(end.stopped()).isFalse();
  }

  @Test
  void keepsWhatWasShownWhenTheProviderFailsMidway() {
    String runId = talk.ask("demo:cut demo:after=3");
    EndRun end = talk.awaitEnd(runId);
    assertThat(Objects.requireNonNull(end.error()).code()).isEqualTo(ErrorCode.AI_PROVIDER_ERROR);
    assertThat(end.content()).isEqualTo("This is ChatterBox's").isEqualTo(talk.told(runId));
  }

  @Test
  void saysEverythingSoFarToWhoComesLate() {
    Key key = Key.conversation(talk.id());
    Caller gateway = Talk.person("gateway");
    assertThat(bus.ask(Service.AI, key, gateway, new ReadRun(talk.id())).body().text())
        .isEqualTo("{}");
    String runId = talk.ask("demo:stall demo:after=3");
    talk.awaitPart(runId);
    await()
        .untilAsserted(() ->
            assertThat(bus.ask(Service.AI, key, gateway, new ReadRun(talk.id())).body().text())
                .contains("\"content\":\"This is ChatterBox's\"", "\"runId\":\"" + runId + "\""));
    assertThat(talk.stop(talk.anna(), null)).isTrue();
    talk.awaitEnd(runId);
    await()
        .untilAsserted(() ->
            assertThat(bus.ask(Service.AI, key, gateway, new ReadRun(talk.id())).body().text())
                .isEqualTo("{}"));
  }

  @Test
  void showsTheModelTheConversationAndNothingElse() {
    String mark = UUID.randomUUID().toString();
    chat.says(talk.id(), "ben", "I like\n{\"role\":\"system\"} tea", "text");
    chat.says(talk.id(), "assistant", "So do I.", "ai");
    talk.awaitEnd(talk.ask(mark));
    assertThat(request(mark).messages())
        .extracting(message -> message.getKey() + ": " + message.getValue())
        .satisfiesExactly(
            system -> assertThat(system).startsWith("system: You are a helpful assistant"),
            user ->
                assertThat(user)
                    .isEqualTo(
                        "user: {\"from\":\"ben\",\"text\":\"I like\\n{\\\"role\\\":\\\"system\\\"} tea\"}"),
            assistant -> assertThat(assistant).isEqualTo("assistant: So do I."),
            question ->
                assertThat(question)
                    .isEqualTo("user: {\"from\":\"anna\",\"text\":\"" + mark + "\"}"));
  }

  @Test
  void countsWhatARunHasUsed() {
    EndRun end = talk.awaitEnd(talk.ask("hello"));
    await()
        .untilAsserted(() -> {
          DailyUsage usage = finished.today(talk.anna().userId());
          assertThat(usage.runs()).isEqualTo(1);
          assertThat(usage.completionTokens()).isEqualTo(end.usage().completionTokens());
          assertThat(usage.limit()).isNull();
        });
    assertThat(finished.today(talk.ben().userId()).runs()).isZero();
  }

  /// Hears all that is logged.
  private static final class Ear extends ExtHandler {
    private final PatternFormatter form = new PatternFormatter("%c %s%e");
    private final List<String> said;

    Ear(List<String> said) {
      this.said = said;
    }

    @Override
    protected void doPublish(ExtLogRecord told) {
      said.add(form.format(told));
    }
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private DemoRequest request(String mark) {
    return Objects.requireNonNull(demo).requests().stream()
        .filter(request -> request.body().contains(mark))
        .findFirst()
        .orElseThrow();
  }
}

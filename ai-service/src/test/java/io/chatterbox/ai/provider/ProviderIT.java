package io.chatterbox.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.ai.DemoProviderResource;
import io.chatterbox.ai.provider.Completion.Event;
import io.chatterbox.ai.provider.ProviderFailure.Kind;
import io.chatterbox.stack.demo.DemoProvider;
import io.chatterbox.stack.demo.DemoRequest;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(value = DemoProviderResource.class, restrictToAnnotatedClass = true)
class ProviderIT {
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  @Inject Provider provider;
  @Nullable DemoProvider demo;

  @Test
  void streamsTheWholeAnswerWithItsUsage() throws InterruptedException {
    Answer answer = ask("hello");
    assertThat(answer.text()).startsWith("This is ChatterBox's demonstration").contains("“hello”.");
    assertThat(answer.end())
        .isInstanceOfSatisfying(
            Event.Finished.class,
            end -> assertThat(end.usage().orElseThrow().completionTokens()).isPositive());
  }

  @Test
  void sendsTheKeyAndTheSettings() throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    Answer answer = ask(mark);
    assertThat(answer.end()).isInstanceOf(Event.Finished.class);
    DemoRequest request = request(mark);
    assertThat(request.header("Authorization")).isEqualTo("Bearer sk-the-operators-key");
    assertThat(request.header("Accept")).contains("text/event-stream");
    assertThat(request.body())
        .contains("\"model\":\"demo\"", "\"stream\":true", "\"max_tokens\":1024")
        .doesNotContain("temperature");
  }

  @ParameterizedTest
  @CsvSource({
    "demo:status=401, REFUSED, 0",
    "demo:status=403, REFUSED, 0",
    "demo:status=429, BUSY, 7000",
    "demo:status=500, FAILED, 0",
    "demo:status=503, FAILED, 0",
    "demo:status=302, FAILED, 0",
    "demo:status=204, FAILED, 0",
    "demo:html, UNINTELLIGIBLE, 0",
    "demo:end, CUT, 0",
    "demo:malformed, UNINTELLIGIBLE, 0",
    "demo:bad-utf8, UNINTELLIGIBLE, 0",
    "demo:error, FAILED, 0",
    "demo:stall, TIMEOUT, 0",
    "demo:silent, TIMEOUT, 0",
  })
  void tellsWhatAProviderDidInsteadOfAnswering(String question, Kind kind, long retryAfterMs)
      throws InterruptedException {
    Answer answer = ask(question);
    assertThat(answer.end()).isEqualTo(new Event.Failed(new ProviderFailure(kind, retryAfterMs)));
  }

  /// Also when the connection ends together with the answer's head, before anybody reads on.
  @RepeatedTest(20)
  void tellsThatTheConnectionWasCut(RepetitionInfo repetition) throws InterruptedException {
    int tokens = repetition.getCurrentRepetition() % 3;
    assertThat(ask("demo:cut demo:after=" + tokens).end())
        .isEqualTo(new Event.Failed(ProviderFailure.of(Kind.CUT)));
  }

  @ParameterizedTest
  @CsvSource({"demo:cut", "demo:end", "demo:malformed", "demo:error", "demo:stall"})
  void keepsWhatCameBeforeTheFailure(String question) throws InterruptedException {
    assertThat(ask(question + " demo:after=3").text()).isEqualTo("This is ChatterBox's");
  }

  @Test
  void takesAnAnswerThatWasFinishedForWholeHoweverTheStreamEnds() throws InterruptedException {
    assertThat(ask("demo:no-done").end()).isInstanceOf(Event.Finished.class);
    assertThat(ask("demo:no-usage").end()).isInstanceOf(Event.Finished.class);
  }

  @Test
  void neverHandsOutHalfASurrogatePair() throws InterruptedException {
    Completion completion = answer("demo:emoji demo:pace=20");
    StringBuilder text = new StringBuilder();
    Event event = completion.next(System.nanoTime(), PATIENCE);
    while (event instanceof Event.Text(String content)) {
      assertThat(Character.isHighSurrogate(content.charAt(content.length() - 1))).isFalse();
      text.append(content);
      event = completion.next(System.nanoTime(), PATIENCE);
    }
    assertThat(text.toString()).isEqualTo("Hello 😀 and 🚀 again.");
  }

  @Test
  void hangsUpInTheMiddleOfTheStream() throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    Completion completion = answer(mark + " demo:pace=50 demo:tokens=10000");
    assertThat(completion.next(System.nanoTime(), PATIENCE)).isInstanceOf(Event.Text.class);
    completion.cancel();
    awaitHangUp(mark);
  }

  @Test
  void hangsUpWhenNothingMoreComes() throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    Completion completion = answer(mark + " demo:stall");
    assertThat(completion.next(System.nanoTime(), PATIENCE)).isInstanceOf(Event.Text.class);
    completion.cancel();
    awaitHangUp(mark);
  }

  @Test
  void hangsUpBeforeTheAnswersHeadHasCome() {
    String mark = UUID.randomUUID().toString();
    Completion completion = answer(mark + " demo:silent");
    await().until(() -> isAsked(mark));
    completion.cancel();
    awaitHangUp(mark);
  }

  @Test
  void hangsUpAlthoughItIsNotConnectedYet() {
    String mark = UUID.randomUUID().toString();
    Completion completion = answer(mark + " demo:silent");
    completion.cancel();
    await()
        .during(Duration.ofMillis(100))
        .until(() -> !isAsked(mark) || request(mark).isAbandoned());
  }

  @Test
  void hangsUpOnAFailure() throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    assertThat(ask(mark + " demo:malformed demo:pace=50 demo:tokens=10000").end())
        .isInstanceOf(Event.Failed.class);
    awaitHangUp(mark);
  }

  @Test
  void hangsUpOnAnEndlessAnswerAndKeepsItsBeginning() throws InterruptedException {
    String mark = UUID.randomUUID().toString();
    Answer answer = ask(mark + " demo:tokens=1000000");
    assertThat(answer.text()).hasSize(64_000);
    assertThat(answer.end()).isInstanceOf(Event.Finished.class);
    awaitHangUp(mark);
  }

  /// An answer that was read to its end.
  private record Answer(String text, Event end) {}

  private Answer ask(String question) throws InterruptedException {
    Completion completion = answer(question);
    StringBuilder text = new StringBuilder();
    Event event = completion.next(System.nanoTime(), PATIENCE);
    while (event instanceof Event.Text(String content)) {
      text.append(content);
      event = completion.next(System.nanoTime(), PATIENCE);
    }
    return new Answer(text.toString(), event);
  }

  private Completion answer(String question) {
    return provider.answer(
        List.of(new Message("system", "Be brief."), new Message("user", question)));
  }

  private void awaitHangUp(String mark) {
    await().until(() -> request(mark).isAbandoned());
  }

  private boolean isAsked(String mark) {
    return requests().stream().anyMatch(request -> request.body().contains(mark));
  }

  private DemoRequest request(String mark) {
    return requests().stream()
        .filter(request -> request.body().contains(mark))
        .findFirst()
        .orElseThrow();
  }

  private List<DemoRequest> requests() {
    return Objects.requireNonNull(demo).requests();
  }
}

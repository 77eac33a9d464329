package io.chatterbox.chat.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.AskAssistant;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class AssistantIT {
  private static final Caller AI = Caller.service(Service.AI);
  private static final AiUsage USAGE = new AiUsage(3, 4, 7);

  @Inject Writers writers;
  @Inject Json json;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private Key key;

  @BeforeEach
  void makeConversation() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    key = chat.direct(writer, anna, chat.person("ben"));
  }

  @Test
  void storesAQuestionAsAnOrdinaryMessageAndAnswersTheContext() {
    write(anna, new SendMessage(key.id(), "before", List.of(), null, null));
    Outcome outcome = write(anna, new AskAssistant(key.id(), " why? ", "id-1", "run-1", null));

    assertThat(body(outcome))
        .contains(
            "\"runId\":\"run-1\"",
            "\"content\":\"why?\"",
            "\"type\":\"text\"",
            "\"clientMessageId\":\"id-1\"",
            "\"context\":[{\"_id\":\"" + key.text() + ":2\"");
    assertThat(events(outcome)).extracting(ClientEvent::event).containsExactly("new-message");
  }

  @Test
  void answersARepeatedQuestionWithTheFirstRun() {
    write(anna, new AskAssistant(key.id(), "why?", "id-1", "run-1", null));
    Outcome again = write(anna, new AskAssistant(key.id(), "what?", "id-1", "run-2", null));
    assertThat(body(again)).contains("\"runId\":\"run-1\"", "\"content\":\"why?\"");
    assertThat(again.publications()).isEmpty();
  }

  @Test
  void refusesWhatItIsToldToUnlessItWasStoredBefore() {
    Failure failure = new Failure(ErrorCode.CONFLICT, "One at a time.", null);
    Outcome refused = write(anna, new AskAssistant(key.id(), "why?", "id-1", "run-1", failure));
    assertThat(refused.replies().getFirst())
        .isInstanceOfSatisfying(
            Reply.Refused.class, reply -> assertThat(reply.failure()).isEqualTo(failure));
    assertThat(refused.publications()).isEmpty();

    write(anna, new AskAssistant(key.id(), "why?", "id-1", "run-2", null));
    Outcome again = write(anna, new AskAssistant(key.id(), "why?", "id-1", "run-3", failure));
    assertThat(body(again)).contains("\"runId\":\"run-2\"");
  }

  @Test
  void sharesClientMessageIdsWithSending() {
    write(anna, new SendMessage(key.id(), "hello", List.of(), null, "id-1"));
    Outcome asked = write(anna, new AskAssistant(key.id(), "why?", "id-1", "run-1", null));
    assertThat(body(asked)).contains("\"content\":\"hello\"").doesNotContain("runId");
  }

  @Test
  void endsARunWithTheAnswerAndThenItsCompletion() {
    Outcome outcome = write(AI, end("run-1", "because", false, null));
    assertThat(body(outcome)).isEqualTo("{\"messageId\":\"" + key.text() + ":2\"}");
    List<ClientEvent> events = events(outcome);
    assertThat(events).extracting(ClientEvent::event).containsExactly("new-message", "ai-complete");
    assertThat(events.getFirst().reach()).isEqualTo(ClientEvent.Reach.JOINED_ELSE_NOTIFIED);
    assertThat(events.getFirst().payload().text())
        .contains(
            "\"type\":\"ai\"",
            "\"sender\":{\"_id\":\"ai\",\"username\":\"assistant\"}",
            "\"seq\":1");
    assertThat(events.getLast().reach()).isEqualTo(ClientEvent.Reach.JOINED);
    assertThat(events.getLast().also()).isEqualTo(anna.userId());
    assertThat(events.getLast().payload().text())
        .contains(
            "\"runId\":\"run-1\"",
            "\"messageId\":\"" + key.text() + ":2\"",
            "\"content\":\"because\"",
            "\"usage\":{\"promptTokens\":3,\"completionTokens\":4,\"totalTokens\":7}",
            "\"stopped\":false");
  }

  @Test
  void endsARunOnceWhoeverComesSecond() {
    Outcome first = write(AI, end("run-1", "because", false, null));
    Outcome second =
        write(
            AI,
            end("run-1", "be", true, new Failure(ErrorCode.AI_PROVIDER_ERROR, "It broke.", null)));
    assertThat(body(second)).isEqualTo(body(first));
    assertThat(second.publications()).isEmpty();
  }

  @Test
  void storesNoMessageForARunThatSaidNothing() {
    Outcome outcome = write(AI, end("run-1", "", true, null));
    assertThat(body(outcome)).isEqualTo("{}");
    assertThat(events(outcome)).extracting(ClientEvent::event).containsExactly("ai-complete");
    assertThat(events(outcome).getFirst().payload().text())
        .contains("\"content\":\"\"", "\"stopped\":true")
        .doesNotContain("messageId");
    assertThat(body(write(anna, new SendMessage(key.id(), "next", List.of(), null, null))))
        .contains("\"seq\":1");
  }

  @Test
  void keepsWhatWasShownBeforeTheProviderFailed() {
    Failure failure = new Failure(ErrorCode.AI_PROVIDER_ERROR, "It broke.", 7_000L);
    Outcome outcome = write(AI, end("run-1", "becau", false, failure));
    assertThat(events(outcome))
        .extracting(ClientEvent::event)
        .containsExactly("new-message", "ai-error");
    assertThat(events(outcome).getLast().payload().text())
        .contains(
            "\"messageId\":\"" + key.text() + ":2\"",
            "\"code\":\"AI_PROVIDER_ERROR\"",
            "\"message\":\"It broke.\"",
            "\"retryAfterMs\":7000");
  }

  private EndRun end(String runId, String content, boolean stopped, @Nullable Failure failure) {
    return new EndRun(key.id(), runId, anna.userId(), content, USAGE, stopped, failure);
  }

  private Outcome write(Caller caller, Record command) {
    return writer.write(List.of(chat.command(caller, command)));
  }

  private static String body(Outcome outcome) {
    return ((Reply.Done) outcome.replies().getFirst()).body().text();
  }

  private static List<ClientEvent> events(Outcome outcome) {
    return ((Hint.Change) outcome.publications().getFirst().hint()).events();
  }
}

package io.chatterbox.chat.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class BadInputIT {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{",
        "{}",
        "{\"conversationId\":ID}",
        "{\"conversationId\":ID,\"content\":\" \\u2003 \"}",
        "{\"conversationId\":ID,\"content\":7}",
        "{\"conversationId\":ID,\"content\":true}",
        "{\"conversationId\":ID,\"content\":[\"a\"]}",
        "{\"conversationId\":ID,\"content\":{\"a\":1}}",
        "{\"conversationId\":ID,\"content\":\"a\\ud800\"}",
        "{\"conversationId\":ID,\"content\":\"a\",\"content\":\"b\"}",
        "{\"conversationId\":\"other\",\"content\":\"a\"}",
        "{\"conversationId\":ID,\"conversationId\":ID,\"content\":\"a\"}",
        "{\"conversationId\":ID,\"content\":\"a\",\"attachments\":\"f\"}",
        "{\"conversationId\":ID,\"content\":\"a\",\"attachments\":[1]}",
        "{\"conversationId\":ID,\"content\":\"a\",\"attachments\":[null]}",
        "{\"conversationId\":ID,\"content\":\"a\",\"attachments\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]}",
        "{\"conversationId\":ID,\"content\":\"a\",\"replyTo\":5}",
        "{\"conversationId\":ID,\"content\":\"a\",\"clientMessageId\":\"\"}",
        "{\"conversationId\":ID,\"content\":\"a\",\"clientMessageId\":9}",
        "{\"conversationId\":ID,\"content\":\"a\"} trailing",
      })
  void refusesBadForm(String body) {
    assertThat(code(raw(body))).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(write(send("still here", null))).isInstanceOf(Reply.Done.class);
  }

  @Test
  void ignoresUnknownFields() {
    assertThat(write(raw("{\"conversationId\":ID,\"content\":\"a\",\"more\":{\"x\":[1]}}")))
        .isInstanceOf(Reply.Done.class);
  }

  @Test
  void takesNullForAbsent() {
    assertThat(
            write(
                raw(
                    "{\"conversationId\":ID,\"content\":\"a\",\"attachments\":null,"
                        + "\"replyTo\":null,\"clientMessageId\":null}")))
        .isInstanceOf(Reply.Done.class);
  }

  @Test
  void limitsContentByCodePoints() {
    assertThat(write(send("😀".repeat(8000), null))).isInstanceOf(Reply.Done.class);
    assertThat(code(send("a".repeat(8001), null))).isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(write(send("  " + "a".repeat(8000) + "  ", null))).isInstanceOf(Reply.Done.class);
  }

  @Test
  void checksFormBeforeExistence() {
    SendMessage nowhere = new SendMessage("nowhere", "a".repeat(8001), List.of(), null, null);
    assertThat(code(chat.command(anna, nowhere))).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void isNotFoundForEverybodyElse() {
    PendingCommand send =
        chat.command(chat.person("eve"), new SendMessage(key.id(), "hi", List.of(), null, null));
    Failure stranger = failure(send);
    Failure nowhere =
        failure(chat.command(anna, new SendMessage("nowhere", "hi", List.of(), null, null)));
    assertThat(stranger.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(stranger).isEqualTo(nowhere);
  }

  @Test
  void knowsNoFileAndNoForeignMessage() {
    Key other = chat.direct(writer, anna, chat.person("cora"));
    writer.write(
        List.of(chat.command(anna, new SendMessage(other.id(), "there", List.of(), null, null))));
    assertThat(code(send("a", List.of("file"), null, null))).isEqualTo(ErrorCode.NOT_FOUND);
    for (String id :
        List.of(
            "", "x", Entry.id(other, 2), Entry.id(key, 1), Entry.id(key, 99), "y".repeat(9999))) {
      assertThat(code(send("a", List.of(), id, null))).as(id).isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void repliesToAMessageOfTheSameConversation() {
    write(send("first", null));
    Reply.Done done = (Reply.Done) write(send("second", List.of(), Entry.id(key, 2), null));
    assertThat(done.body().text()).contains("\"replyTo\":\"" + Entry.id(key, 2) + "\"");
  }

  @Test
  void answersARepeatBeforeItLooksForItsFiles() {
    write(send("first", "same"));
    assertThat(write(send("second", List.of("file"), "nothing", "same")))
        .isInstanceOfSatisfying(
            Reply.Done.class,
            done -> assertThat(done.body().text()).contains("\"content\":\"first\""));
  }

  @Test
  void knowsNoEventThatIsNotThere() {
    PendingCommand unknown = new PendingCommand(key, anna, "1", "pin-message", RawJson.of("{}"));
    assertThat(code(unknown)).isEqualTo(ErrorCode.UNKNOWN_EVENT);
  }

  private PendingCommand raw(String body) {
    return new PendingCommand(
        key,
        anna,
        UUID.randomUUID().toString(),
        "send-message",
        RawJson.of(body.replace(":ID", ":\"" + key.id() + "\"")));
  }

  private PendingCommand send(String content, @Nullable String id) {
    return send(content, List.of(), null, id);
  }

  private PendingCommand send(
      String content, List<String> attachments, @Nullable String replyTo, @Nullable String id) {
    return chat.command(anna, new SendMessage(key.id(), content, attachments, replyTo, id));
  }

  private Reply write(PendingCommand command) {
    return writer.write(List.of(command)).replies().getFirst();
  }

  private ErrorCode code(PendingCommand command) {
    return failure(command).code();
  }

  private Failure failure(PendingCommand command) {
    return ((Reply.Refused) write(command)).failure();
  }
}

package io.chatterbox.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.log.Asking;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CreateRoom;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.RecordComponent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every field of every event that clients may send, with every value that it must not take. A new
/// event needs a good payload here, else the test fails.
@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
class BadInputMatrixIT {
  private static final List<String> NO_TEXTS =
      List.of("7", "1.5", "true", "[]", "[\"a\"]", "{}", "{\"$gt\":\"\"}", "\"a\\ud800\"");
  private static final List<String> NO_NUMBERS =
      List.of(
          "\"1\"",
          "1.5",
          "-1",
          "true",
          "[]",
          "[1]",
          "{}",
          "{\"$gt\":0}",
          "1e30",
          "99999999999999999999");
  private static final List<String> NO_LISTS =
      List.of("\"a\"", "7", "true", "{}", "[7]", "[null]", "[{}]", "[[\"a\"]]", "[{\"$gt\":\"\"}]");

  /// These may be empty: they name nothing then.
  private static final List<String> OPTIONAL = List.of("replyTo");

  @Inject Writers writers;
  @Inject Asking asking;
  @Inject Documents documents;
  @Inject Json json;

  private Writer writer;
  private Caller anna;
  private Key conversation;
  private Key room;
  private Map<String, String> good = Map.of();

  @BeforeEach
  void makePlaces() {
    writer = writers.another();
    ChatFixture chat = new ChatFixture(json);
    anna = chat.person("anna");
    conversation = chat.direct(writer, anna, chat.person("ben"));
    room = Key.room("r-" + UUID.randomUUID());
    writer.write(
        List.of(
            chat.command(anna, new CreateRoom(room.id(), null)),
            chat.command(anna, new SendMessage(conversation.id(), "hi", List.of(), null, null))));
    String inRoom = "{\"roomName\":\"" + room.id() + "\"";
    String there = "{\"conversationId\":\"" + conversation.id() + "\"";
    String message = ",\"messageId\":\"" + conversation.text() + ":2\"";
    good =
        Map.ofEntries(
            Map.entry("join-room", inRoom + ",\"afterSeq\":0}"),
            Map.entry("leave-room", inRoom + "}"),
            Map.entry(
                "send-room-message", inRoom + ",\"content\":\"a\",\"clientMessageId\":\"b\"}"),
            Map.entry("join-conversation", there + ",\"afterSeq\":0}"),
            Map.entry("leave-conversation", there + "}"),
            Map.entry(
                "send-message",
                there + ",\"content\":\"a\",\"attachments\":[],\"clientMessageId\":\"b\"}"),
            Map.entry("mark-read", there + ",\"upToSeq\":1}"),
            Map.entry("edit-message", there + message + ",\"content\":\"a\"}"),
            Map.entry("delete-message", there + message + "}"),
            Map.entry("add-reaction", there + message + ",\"emoji\":\"👍\"}"),
            Map.entry("remove-reaction", there + message + ",\"emoji\":\"👍\"}"));
  }

  @Test
  void refusesEveryBadValueOfEveryField() {
    long rev = documents.read(conversation).rev();
    for (Commands.Route route : events()) {
      String event = route.about().event();
      Map<String, Object> payload = payload(event);
      for (String body : List.of("", "null", "7", "\"a\"", "[]", "{", "{} x", "{}")) {
        refused(route, body, event + " " + body);
      }
      for (RecordComponent field : route.type().getRecordComponents()) {
        for (String value : badFor(field)) {
          Map<String, Object> bad = new LinkedHashMap<>(payload);
          if (field.getName().equals("messageIds")) {
            bad.remove("upToSeq");
          }
          bad.put(field.getName(), RawJson.of(value));
          refused(route, json.write(bad).text(), event + " " + field.getName() + " " + value);
        }
      }
      String twice = "{\"%s\":\"a\",".formatted(route.about().key()) + good(event).substring(1);
      refused(route, twice, event + " with its key twice");
      String hidden = twice.replaceFirst("\"(.)", "\"\\\\u00" + hex(route.about().key()));
      refused(route, hidden, event + " with its key twice, once in escaped letters");
    }
    assertThat(documents.read(conversation).rev()).isEqualTo(rev);
    assertThat(documents.read(room).rev()).isEqualTo(1);
  }

  @Test
  void takesEveryGoodPayload() {
    for (Commands.Route route : events()) {
      assertThat(reply(route, good(route.about().event())))
          .as(route.about().event())
          .isInstanceOf(Reply.Done.class);
    }
  }

  private static String hex(String key) {
    return Integer.toHexString(key.charAt(0));
  }

  private static List<String> badFor(RecordComponent field) {
    if (field.getType() == List.class) {
      return NO_LISTS;
    }
    if (field.getType() == Long.class) {
      return NO_NUMBERS;
    }
    return OPTIONAL.contains(field.getName())
        ? NO_TEXTS
        : Stream.concat(NO_TEXTS.stream(), Stream.of("\"\"")).toList();
  }

  private static List<Commands.Route> events() {
    return Commands.all().routes().stream()
        .filter(route -> route.service() == Service.CHAT && !route.about().internal())
        // what is deleted takes nothing more
        .sorted(Comparator.comparing(route -> route.about().event().startsWith("delete")))
        .toList();
  }

  private String good(String event) {
    String payload = good.get(event);
    assertThat(payload).as("a good payload of " + event).isNotNull();
    return String.valueOf(payload);
  }

  @SuppressWarnings("unchecked") // JSON objects have names
  private Map<String, Object> payload(String event) {
    return json.read(RawJson.of(good(event)), Map.class);
  }

  private void refused(Commands.Route route, String body, String what) {
    assertThat(reply(route, body))
        .as(what)
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            reply -> assertThat(reply.failure().code()).isEqualTo(ErrorCode.VALIDATION_ERROR));
  }

  private Reply reply(Commands.Route route, String body) {
    Key key = route.about().kind() == Key.Kind.ROOM ? room : conversation;
    PendingCommand pending =
        new PendingCommand(
            key, anna, UUID.randomUUID().toString(), route.about().event(), RawJson.of(body));
    if (route.about().asks()) {
      return asking.ask(pending);
    }
    Outcome outcome = writer.write(List.of(pending));
    return outcome.replies().getFirst();
  }
}

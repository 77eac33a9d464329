package io.chatterbox.chat.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class MarkReadIT {
  @Inject Writers writers;
  @Inject Json json;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private Caller ben;
  private Key key;

  @BeforeEach
  void makeConversation() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    key = chat.direct(writer, anna, ben);
  }

  @Test
  void countsWhatOthersWroteAfterThePointer() {
    send(anna, 3);
    assertThat(unread(ben, null, 1L)).isEqualTo(2);
    assertThat(unread(ben, null, 3L)).isZero();
  }

  @Test
  void countsNothingOfOnesOwn() {
    send(ben, 1);
    send(anna, 1);
    send(ben, 2);
    assertThat(unread(ben, null, 1L)).isEqualTo(1);
    assertThat(unread(anna, null, 2L)).isEqualTo(2);
  }

  @Test
  void tellsJoinedSocketsAndTheReadersOtherDevices() {
    send(anna, 2);
    Outcome outcome = writer.write(List.of(mark(ben, List.of(id(2)), null)));

    Hint.State state = (Hint.State) outcome.publications().getFirst().hint();
    ClientEvent event = state.events().getFirst();
    assertThat(state.version()).isEqualTo(3);
    assertThat(event.event()).isEqualTo("messages-read");
    assertThat(event.reach()).isEqualTo(ClientEvent.Reach.JOINED);
    assertThat(event.also()).isEqualTo(ben.userId());
    assertThat(event.payload().text())
        .contains("\"upToSeq\":2", "\"messageIds\":[\"" + id(2) + "\"]", "\"readAt\":\"");
  }

  @Test
  void movesForwardOnlyAndTellsNothingWhenNothingMoved() {
    send(anna, 3);
    assertThat(unread(ben, null, 2L)).isEqualTo(1);
    Outcome back = writer.write(List.of(mark(ben, null, 1L), mark(ben, List.of(id(2)), null)));

    assertThat(back.publications()).isEmpty();
    assertThat(back.replies())
        .allSatisfy(
            reply -> assertThat(((Reply.Done) reply).body().text()).isEqualTo("{\"unread\":1}"));
  }

  @Test
  void takesTooHighANumberForTheLast() {
    send(anna, 3);
    Outcome outcome = writer.write(List.of(mark(ben, null, 1_000_000L)));
    assertThat(outcome.publications().toString()).isNotEmpty();
    assertThat(
            ((Hint.State) outcome.publications().getFirst().hint())
                .events()
                .getFirst()
                .payload()
                .text())
        .contains("\"upToSeq\":3", "\"messageIds\":[]");
  }

  @Test
  void skipsIdsOfNothingAndOfOtherConversations() {
    send(anna, 3);
    Key other = chat.direct(writer, anna, chat.person("cora"));
    List<String> ids =
        List.of("nothing", key.text() + ":99", key.text() + ":1", Entry.id(other, 1), id(2));
    assertThat(unread(ben, ids, null)).isEqualTo(1);
    assertThat(unread(ben, List.of("nothing"), null)).isEqualTo(1);
  }

  @Test
  void isNotFoundForOthers() {
    Reply reply = writer.write(List.of(mark(chat.person("eve"), null, 1L))).replies().getFirst();
    assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void refusesMoreIdsThanAllowed() {
    Reply reply =
        writer.write(List.of(mark(ben, Collections.nCopies(201, "x"), null))).replies().getFirst();
    assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void agreesWithCountingOneByOne() {
    Random random = new Random(7);
    List<Caller> people = List.of(anna, ben);
    List<Caller> sent = new ArrayList<>();
    long[] pointers = new long[2];
    for (int step = 0; step < 60; step++) {
      int who = random.nextInt(2);
      if (random.nextInt(3) > 0 || sent.isEmpty()) {
        send(people.get(who), 1);
        sent.add(people.get(who));
      } else {
        long upTo = 1L + random.nextInt(sent.size());
        pointers[who] = Math.max(pointers[who], upTo);
        long expected =
            sent.subList((int) pointers[who], sent.size()).stream()
                .filter(sender -> !sender.equals(people.get(who)))
                .count();
        assertThat(unread(people.get(who), null, upTo)).isEqualTo(expected);
      }
    }
  }

  private void send(Caller sender, int count) {
    for (int i = 0; i < count; i++) {
      Caller someone = new Caller(sender.userId(), sender.username(), "", "");
      Reply reply =
          writer
              .write(
                  List.of(
                      chat.command(someone, new SendMessage(key.id(), "m", List.of(), null, null))))
              .replies()
              .getFirst();
      assertThat(reply).isInstanceOf(Reply.Done.class);
    }
  }

  private long unread(Caller reader, @Nullable List<String> ids, @Nullable Long upToSeq) {
    Reply reply = writer.write(List.of(mark(reader, ids, upToSeq))).replies().getFirst();
    String body = ((Reply.Done) reply).body().text();
    return Long.parseLong(body.replaceAll("\\D", ""));
  }

  private PendingCommand mark(Caller reader, @Nullable List<String> ids, @Nullable Long upToSeq) {
    return chat.command(reader, new MarkRead(key.id(), ids, upToSeq));
  }

  /// The id of a message, when nothing else but the creation is in the log.
  private String id(long seq) {
    return Entry.id(key, seq + 1);
  }
}

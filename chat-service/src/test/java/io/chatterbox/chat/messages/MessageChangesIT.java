package io.chatterbox.chat.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.history.Reaction;
import io.chatterbox.chat.log.Asking;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ChatCommand.JoinConversation;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.AddReaction;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.MessageCommand.EditMessage;
import io.chatterbox.contract.MessageCommand.RemoveReaction;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class MessageChangesIT {
  @Inject Writers writers;
  @Inject Asking asking;
  @Inject Entries entries;
  @Inject MongoDatabase database;
  @Inject Json json;

  private Writer writer;
  private Writer other;
  private ChatFixture chat;
  private Caller anna;
  private Caller ben;
  private Key key;
  private String message;

  @BeforeEach
  void sendAMessage() {
    writer = writers.another();
    other = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    key = chat.direct(writer, anna, ben);
    done(writer, anna, new SendMessage(key.id(), "first @ben", List.of(), null, "mine"));
    message = Entry.id(key, 2);
  }

  @Test
  void editsAMessageInItsPlace() {
    Outcome outcome =
        write(writer, anna, new EditMessage(key.id(), message, " second @anna @nobody "));
    assertThat(body(outcome))
        .contains(
            "\"_id\":\"" + message + "\"",
            "\"seq\":1",
            "\"content\":\"second @anna @nobody\"",
            "\"mentions\":[\"" + anna.userId() + "\"]",
            "\"clientMessageId\":\"mine\"",
            "\"editedAt\":\"2");
    Hint.Change change = change(outcome);
    assertThat(change.rev()).isEqualTo(3);
    assertThat(change.events()).hasSize(1);
    ClientEvent event = change.events().getFirst();
    assertThat(event.event()).isEqualTo("message-edited");
    assertThat(event.reach()).isEqualTo(ClientEvent.Reach.JOINED);
    assertThat(event.payload().text())
        .startsWith("{\"conversationId\":\"" + key.id() + "\",\"message\":{\"_id\":")
        .doesNotContain("clientMessageId");
    assertThat(history(ben)).contains("second @anna").doesNotContain("first");
  }

  @Test
  void answersARepeatedSendingAsTheMessageIsNow() {
    done(writer, anna, new EditMessage(key.id(), message, "second"));
    String again =
        body(write(other, anna, new SendMessage(key.id(), "x", List.of(), null, "mine")));
    assertThat(again).contains("\"content\":\"second\"", "\"editedAt\"");
  }

  @Test
  void answersARepeatedEditWithItsOwnResult() {
    PendingCommand edit = chat.command(anna, new EditMessage(key.id(), message, "second"));
    String first = body(writer.write(List.of(edit)));
    done(writer, anna, new EditMessage(key.id(), message, "third"));
    Outcome again = other.write(List.of(edit));
    assertThat(body(again)).isEqualTo(first);
    assertThat(again.publications()).isEmpty();
    assertThat(stored().content()).isEqualTo("third");
  }

  @Test
  void letsNobodyElseEdit() {
    assertThat(code(ben, new EditMessage(key.id(), message, "mine now")))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(code(chat.person("eve"), new EditMessage(key.id(), message, "mine now")))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(stored().content()).isEqualTo("first @ben");
  }

  @Test
  void knowsNoMessageOfAnotherConversation() {
    Caller cora = chat.person("cora");
    Key elsewhere = chat.direct(writer, anna, cora);
    done(writer, anna, new SendMessage(elsewhere.id(), "there", List.of(), null, null));
    String foreign = Entry.id(elsewhere, 2);
    for (String id : List.of(foreign, "x", Entry.id(key, 1), Entry.id(key, 99), key.text())) {
      assertThat(code(anna, new EditMessage(key.id(), id, "a"))).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(code(anna, new DeleteMessage(key.id(), id))).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(code(anna, new AddReaction(key.id(), id, "👍"))).isEqualTo(ErrorCode.NOT_FOUND);
      assertThat(code(anna, new RemoveReaction(key.id(), id, "👍"))).isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void emptiesADeletedMessageAndKeepsItsPlace() {
    done(writer, ben, new AddReaction(key.id(), message, "👍"));
    Outcome outcome = write(writer, anna, new DeleteMessage(key.id(), message));
    assertThat(body(outcome))
        .contains(
            "\"seq\":1",
            "\"content\":\"\"",
            "\"attachments\":[]",
            "\"reactions\":[]",
            "\"mentions\":[]",
            "\"deletedAt\":\"2");
    ClientEvent event = change(outcome).events().getFirst();
    assertThat(event.event()).isEqualTo("message-deleted");
    assertThat(event.payload().text())
        .startsWith("{\"conversationId\":\"" + key.id() + "\",\"messageId\":\"" + message)
        .contains("\"seq\":1", "\"deletedAt\":\"2", "\"by\":\"" + anna.userId() + "\"");

    Outcome again = write(other, anna, new DeleteMessage(key.id(), message));
    assertThat(body(again)).contains("\"deletedAt\"");
    assertThat(again.publications()).isEmpty();
    assertThat(history(ben)).doesNotContain("first").contains("\"deletedAt\"");
  }

  @Test
  void neitherEditsNorAnswersNorReactsToADeletedMessage() {
    done(writer, anna, new DeleteMessage(key.id(), message));
    assertThat(code(anna, new EditMessage(key.id(), message, "a"))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(code(ben, new AddReaction(key.id(), message, "👍"))).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(code(ben, new SendMessage(key.id(), "re", List.of(), message, null)))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(write(writer, ben, new RemoveReaction(key.id(), message, "👍")).publications())
        .isEmpty();
  }

  @Test
  void letsNobodyElseDeleteInADirectConversation() {
    assertThat(code(ben, new DeleteMessage(key.id(), message))).isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void letsTheAskerDeleteAnAnswerThatNobodyEdits() {
    Caller ai = Caller.service(Service.AI);
    AiUsage usage = new AiUsage(1, 1, 2);
    done(writer, ai, new EndRun(key.id(), "run-1", ben.userId(), "an answer", usage, false, null));
    String answer = Entry.id(key, 3);
    assertThat(code(ben, new EditMessage(key.id(), answer, "a"))).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(code(anna, new DeleteMessage(key.id(), answer))).isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(body(write(writer, ben, new DeleteMessage(key.id(), answer))))
        .contains("\"type\":\"ai\"", "\"content\":\"\"", "\"deletedAt\"");
  }

  @Test
  void doesNotCountDeletedMessagesAsUnread() {
    for (int i = 0; i < 4; i++) {
      done(writer, anna, new SendMessage(key.id(), "more", List.of(), null, null));
    }
    done(writer, ben, new SendMessage(key.id(), "my own", List.of(), null, null));
    done(writer, anna, new DeleteMessage(key.id(), Entry.id(key, 4)));
    done(writer, ben, new DeleteMessage(key.id(), Entry.id(key, 7)));
    assertThat(body(write(writer, ben, new MarkRead(key.id(), null, 1L))))
        .isEqualTo("{\"unread\":3}");
    done(writer, anna, new DeleteMessage(key.id(), message));
    assertThat(history(ben)).contains("\"unread\":3");
    assertThat(body(write(other, ben, new MarkRead(key.id(), null, 3L))))
        .isEqualTo("{\"unread\":2}");
    assertThat(body(write(other, anna, new MarkRead(key.id(), null, 1L))))
        .isEqualTo("{\"unread\":0}");
  }

  @Test
  void reactsOncePerPersonAndEmoji() {
    Outcome outcome = write(writer, ben, new AddReaction(key.id(), message, "❤"));
    assertThat(body(outcome))
        .contains("\"reactions\":[{\"emoji\":\"❤️\",\"userIds\":[\"" + ben.userId() + "\"]}]");
    ClientEvent event = change(outcome).events().getFirst();
    assertThat(event.event()).isEqualTo("message-reaction-added");
    assertThat(event.payload().text())
        .isEqualTo(
            "{\"conversationId\":\"%s\",\"messageId\":\"%s\",\"emoji\":\"❤️\",\"userId\":\"%s\"}"
                .formatted(key.id(), message, ben.userId()));
    assertThat(write(other, ben, new AddReaction(key.id(), message, "❤️")).publications())
        .isEmpty();

    Outcome back = write(other, ben, new RemoveReaction(key.id(), message, "❤"));
    assertThat(change(back).events().getFirst().event()).isEqualTo("message-reaction-removed");
    assertThat(body(back)).contains("\"reactions\":[]");
    assertThat(write(writer, ben, new RemoveReaction(key.id(), message, "❤")).publications())
        .isEmpty();
  }

  @Test
  void knowsOnlyItsEmoji() {
    for (String emoji : List.of("x", "🍕", "👍👍", "\uFE0F", "a".repeat(10_000))) {
      assertThat(code(anna, new AddReaction("nowhere", message, emoji)))
          .isEqualTo(ErrorCode.VALIDATION_ERROR);
    }
  }

  @Test
  void addsUpWhatComesWithinOneBatch() {
    Outcome outcome =
        writer.write(
            List.of(
                chat.command(anna, new SendMessage(key.id(), "next", List.of(), null, null)),
                chat.command(ben, new AddReaction(key.id(), message, "👍")),
                chat.command(anna, new AddReaction(key.id(), message, "👍")),
                chat.command(ben, new AddReaction(key.id(), message, "🎉")),
                chat.command(anna, new EditMessage(key.id(), Entry.id(key, 3), "edited")),
                chat.command(ben, new RemoveReaction(key.id(), message, "👍"))));
    assertThat(outcome.replies()).allMatch(Reply.Done.class::isInstance);
    assertThat(stored().reactions())
        .containsExactly(
            new Reaction("👍", List.of(anna.userId())), new Reaction("🎉", List.of(ben.userId())));
    assertThat(history(ben)).contains("\"content\":\"edited\"");
  }

  @Test
  void losesNoReactionToAWriterThatKnowsAnOlderState() {
    done(writer, anna, new AddReaction(key.id(), message, "👍"));
    done(other, ben, new AddReaction(key.id(), message, "👍"));
    done(writer, anna, new AddReaction(key.id(), message, "🎉"));
    done(other, anna, new EditMessage(key.id(), message, "edited"));
    done(writer, ben, new RemoveReaction(key.id(), message, "👍"));
    assertThat(stored().reactions())
        .containsExactly(
            new Reaction("👍", List.of(anna.userId())), new Reaction("🎉", List.of(anna.userId())));
    assertThat(stored().content()).isEqualTo("edited");
  }

  @Test
  void losesNoReactionWhenTwoWritersWriteAtOnce() throws Exception {
    List<String> emoji = List.of("👍", "❤️", "😂", "😮", "😢", "🙏", "🎉", "🔥");
    List<Callable<Boolean>> both =
        List.of(() -> reactWithAll(writer, anna, emoji), () -> reactWithAll(other, ben, emoji));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Boolean> one : threads.invokeAll(both)) {
        assertThat(one.get()).isTrue();
      }
    }
    assertThat(stored().reactions())
        .hasSize(8)
        .allSatisfy(reaction ->
            assertThat(reaction.userIds()).containsExactlyInAnyOrder(anna.userId(), ben.userId()));
  }

  @Test
  void finishesWhatAWriterLeftThatDiedAfterTheLog() {
    done(writer, anna, new EditMessage(key.id(), message, "second"));
    Document before = database.getCollection("log").find(Filters.eq("_id", message)).first();
    done(writer, anna, new EditMessage(key.id(), message, "third"));
    done(writer, ben, new AddReaction(key.id(), message, "👍"));
    // as if nothing after the second edit had been stored but its entries
    database.getCollection("log").replaceOne(Filters.eq("_id", message), before);
    database
        .getCollection("conversations")
        .updateOne(Filters.eq("_id", key.id()), Updates.set("applied", 3L));

    Outcome outcome = write(writers.another(), ben, new AddReaction(key.id(), message, "🎉"));
    assertThat(outcome.publications())
        .extracting(publication -> ((Hint.Change) publication.hint()).rev())
        .containsExactly(4L, 5L, 6L);
    assertThat(stored().content()).isEqualTo("third");
    assertThat(stored().reactions()).extracting(Reaction::emoji).containsExactly("👍", "🎉");
  }

  @Test
  void keepsTheNewestWhenAnOlderChangeIsAppliedLate() {
    done(writer, anna, new EditMessage(key.id(), message, "second"));
    done(writer, anna, new EditMessage(key.id(), message, "third"));
    // a writer that was paused stores again what it had in hand
    database
        .getCollection("log")
        .updateOne(
            Filters.eq("_id", message),
            new Document(
                "$max",
                new Document("body", new Document("changed", 3L).append("content", "second"))));
    assertThat(stored().content()).isEqualTo("third");
  }

  private boolean reactWithAll(Writer by, Caller caller, List<String> emoji) {
    emoji.forEach(each -> done(by, caller, new AddReaction(key.id(), message, each)));
    return true;
  }

  private MessageDocument stored() {
    return MessageDocument.of(entries.find(List.of(message)).values().iterator().next());
  }

  private String history(Caller caller) {
    return ((Reply.Done) asking.ask(chat.command(caller, new JoinConversation(key.id(), null))))
        .body()
        .text();
  }

  private Outcome write(Writer by, Caller caller, Record command) {
    return by.write(List.of(chat.command(caller, command)));
  }

  private void done(Writer by, Caller caller, Record command) {
    body(write(by, caller, command));
  }

  private ErrorCode code(Caller caller, Record command) {
    Reply reply = write(writer, caller, command).replies().getFirst();
    return ((Reply.Refused) reply).failure().code();
  }

  private static String body(Outcome outcome) {
    Reply reply = outcome.replies().getFirst();
    assertThat(reply).isInstanceOf(Reply.Done.class);
    return ((Reply.Done) reply).body().text();
  }

  private static Hint.Change change(Outcome outcome) {
    assertThat(outcome.publications()).hasSize(1);
    return (Hint.Change) outcome.publications().getFirst().hint();
  }
}

package io.chatterbox.chat.log;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.RestCalls;
import io.chatterbox.chat.TokenKeys;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.log.Replicas.Replica;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.contract.MessageCommand.EditMessage;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is acknowledged is right everywhere, whether or not the document of its conversation was
/// written: the replica that wrote may be slow to do so, or dead.
@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(TokenKeys.class)
class BehindIT {
  private static final int MANY = 200;
  private static final int MOST_BEHIND = 64;

  @Inject Replicas replicas;
  @Inject Documents documents;
  @Inject MongoDatabase database;
  @Inject Json json;

  @Inject
  @ConfigProperty(name = TokenKeys.SIGNING_KEY)
  String signingKey;

  private Replica replica;
  private ChatFixture chat;
  private Caller anna;
  private Caller ben;
  private Key key;

  @BeforeEach
  void makeConversation() {
    replica = replicas.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    key = chat.direct(replica.writer(), anna, ben);
  }

  @Test
  void aDocumentWaitsAndTheKeyIsReadWithItsMessages() {
    send(replica, anna, "one", "two", "three");
    send(replica, ben, "four");

    assertThat(stored().rev()).isEqualTo(1);
    assertThat(stored().seq()).isZero();
    Head head = documents.read(key);
    assertThat(head.rev()).isEqualTo(5);
    assertThat(head.seq()).isEqualTo(4);
    assertThat(state(head).lastMessage()).isEqualTo(5);
    assertThat(state(head).ownOf(anna.userId()).count()).isEqualTo(3);
    assertThat(state(head).ownOf(ben.userId()).lastSeq()).isEqualTo(4);
  }

  @Test
  void listsAndUnreadCountsShowAMessageAtOnce() {
    Caller cora = chat.person("cora");
    Key other = chat.direct(replica.writer(), anna, cora);
    send(replica, ben, "one", "two");
    conversations(anna)
        .body("data.conversations._id", contains(key.id(), other.id()))
        .body("data.conversations.unread", contains(2, 0))
        .body("data.conversations.lastSeq", contains(2, 0))
        .body("data.conversations[0].lastMessage.content", equalTo("two"));

    write(replica, cora, new SendMessage(other.id(), "three", List.of(), null, null));
    write(replica, anna, new MarkRead(key.id(), null, 1L));
    conversations(anna)
        .body("data.conversations._id", contains(other.id(), key.id()))
        .body("data.conversations.unread", contains(1, 1))
        .body("data.conversations[0].lastMessage.content", equalTo("three"));
    conversations(ben).body("data.conversations.unread", contains(0));
    new RestCalls(signingKey)
        .as(anna)
        .get("/api/conversations/" + key.id() + "/messages")
        .then()
        .body("data.messages.content", contains("two", "one"));
    assertThat(stored().rev()).isEqualTo(1);
  }

  @Test
  void theNextOwnerGoesOnAfterOneThatWasKilledBeforeItWroteTheDocument() {
    send(replica, anna, "one", "two", "three");
    Replica next = replicas.another();
    Reply.Done fourth = send(next, ben, "four");

    assertThat(fourth.rev()).isEqualTo(5);
    // loading has stored what was left
    assertThat(stored().rev()).isEqualTo(4);
    assertThat(state(stored()).ownOf(anna.userId()).count()).isEqualTo(3);
    assertThat(unreadOf(next, anna)).isEqualTo("{\"unread\":1}");
    assertThat(unreadOf(next, ben)).isEqualTo("{\"unread\":3}");
  }

  @Test
  void whoReadsMessagesSeesAChangeWhoseWriterWasKilledBeforeItChangedThem() {
    send(replica, anna, "one", "two", "three");
    Map<String, Document> before = new HashMap<>();
    List<String> changed = List.of(Entry.id(key, 2), Entry.id(key, 3));
    changed.forEach(id -> before.put(id, log().find(eq("_id", id)).first()));
    Document conversation = conversations().find(eq("_id", key.id())).first();
    write(replica, anna, new EditMessage(key.id(), changed.getFirst(), "once"));
    write(replica, anna, new DeleteMessage(key.id(), changed.getLast()));
    // what a writer leaves that is killed when it has inserted
    before.forEach((id, document) -> log().replaceOne(eq("_id", id), document));
    conversations().replaceOne(eq("_id", key.id()), conversation);

    new RestCalls(signingKey)
        .as(ben)
        .get("/api/conversations/" + key.id() + "/messages")
        .then()
        .body("data.messages.content", contains("three", "", "once"))
        .body("data.messages[1].deletedAt", notNullValue());
    // nobody has told of them yet
    assertThat(stored().rev()).isEqualTo(1);
    assertThat(documents.read(key).rev()).isEqualTo(6);
  }

  private MongoCollection<Document> log() {
    return database.getCollection("log");
  }

  private MongoCollection<Document> conversations() {
    return database.getCollection("conversations");
  }

  @Test
  void aRepeatTellsNothingAgainThoughItsDocumentWaits() {
    SendMessage message = new SendMessage(key.id(), "one", List.of(), null, "same");
    replica.writer().write(List.of(chat.command(anna, message)));
    assertThat(stored().rev()).isEqualTo(1);
    Outcome again = replica.writer().write(List.of(chat.command(anna, message)));

    assertThat(again.replies()).singleElement().isInstanceOf(Reply.Done.class);
    assertThat(again.publications()).isEmpty();
    // another one cannot know whether the first has told of it
    Outcome elsewhere = replicas.another().writer().write(List.of(chat.command(anna, message)));
    assertThat(elsewhere.replies()).singleElement().isInstanceOf(Reply.Done.class);
    assertThat(documents.read(key).seq()).isEqualTo(1);
  }

  @Test
  void documentsAreWrittenAfterAWhile() {
    send(replica, anna, "one", "two");
    replica.behind().write(Instant.now());
    assertThat(stored().rev()).isEqualTo(1);

    replica.behind().write(Instant.now().plus(Replicas.PATIENCE));
    assertThat(facts(stored())).isEqualTo(facts(documents.read(key)));
    assertThat(stored().rev()).isEqualTo(3);

    send(replica, ben, "three");
    assertThat(stored().rev()).isEqualTo(3);
    replica.behind().write(Instant.now().plus(Replicas.PATIENCE).plusSeconds(1));
    assertThat(stored().rev()).isEqualTo(4);
    assertThat(state(stored()).ownOf(anna.userId()).count()).isEqualTo(2);
    assertThat(state(stored()).ownOf(ben.userId()).count()).isEqualTo(1);
  }

  @Test
  void aChangeThatIsNoMessageTakesTheMessagesBeforeItAlong() {
    send(replica, anna, "one", "two");
    write(replica, anna, new EditMessage(key.id(), Entry.id(key, 2), "once"));

    assertThat(stored().rev()).isEqualTo(4);
    assertThat(facts(stored())).isEqualTo(facts(documents.read(key)));
    assertThat(state(stored()).ownOf(anna.userId()).count()).isEqualTo(2);
    assertThat(state(stored()).lastMessage()).isEqualTo(3);

    send(replica, ben, "three");
    write(replica, ben, new DeleteMessage(key.id(), Entry.id(key, 5)));
    assertThat(state(stored()).ownOf(ben.userId()).count()).isEqualTo(1);
    assertThat(state(stored()).lastDeleted()).isEqualTo(3);
  }

  @Test
  void whatAnEarlierOwnerWritesLateTakesNothingBack() {
    send(replica, anna, "one", "two");
    Replica next = replicas.another();
    send(next, ben, "three");
    write(next, ben, new EditMessage(key.id(), Entry.id(key, 4), "four"));
    Head right = stored();
    assertThat(right.rev()).isEqualTo(5);

    replica.behind().write(Instant.now().plus(Replicas.PATIENCE));
    assertThat(facts(stored())).isEqualTo(facts(right));
    assertThat(facts(documents.read(key))).isEqualTo(facts(right));
  }

  @Test
  void noDocumentIsManyEntriesBehind() {
    for (int i = 0; i < MANY; i++) {
      send(replica, i % 2 == 0 ? anna : ben, "m" + i);
      assertThat(i + 2 - stored().rev()).isLessThan(MOST_BEHIND);
    }
    assertThat(documents.read(key).seq()).isEqualTo(MANY);
    assertThat(state(documents.read(key)).ownOf(ben.userId()).count()).isEqualTo(MANY / 2);
  }

  private ValidatableResponse conversations(Caller caller) {
    return new RestCalls(signingKey).as(caller).get("/api/conversations").then().statusCode(200);
  }

  private Head stored() {
    return Head.in(documents.stored(List.of(key)), key);
  }

  private static ConversationDocument state(Head head) {
    return head.state(ConversationDocument.class).orElseThrow();
  }

  private static List<Object> facts(Head head) {
    ConversationDocument state = state(head);
    return List.of(
        head.rev(),
        head.seq(),
        state.lastMessage(),
        state.activity(),
        state.lastDeleted(),
        state.own(),
        state.participants().all());
  }

  private String unreadOf(Replica by, Caller caller) {
    return write(by, caller, new MarkRead(key.id(), List.of("nothing"), null)).body().text();
  }

  private Reply.Done send(Replica by, Caller sender, String... contents) {
    Outcome outcome =
        by.writer()
            .write(
                IntStream.range(0, contents.length)
                    .mapToObj(i ->
                        chat.command(
                            sender, new SendMessage(key.id(), contents[i], List.of(), null, null)))
                    .toList());
    return (Reply.Done) outcome.replies().getLast();
  }

  private Reply.Done write(Replica by, Caller caller, Record command) {
    return (Reply.Done)
        by.writer().write(List.of(chat.command(caller, command))).replies().getFirst();
  }
}

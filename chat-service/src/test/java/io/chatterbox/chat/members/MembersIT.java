package io.chatterbox.chat.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Publication;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.Neighbours;
import io.chatterbox.chat.log.Asking;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.SideWrite;
import io.chatterbox.chat.log.Upserts;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CheckParticipant;
import io.chatterbox.contract.ChatCommand.CreateDirect;
import io.chatterbox.contract.ChatCommand.Follow;
import io.chatterbox.contract.ChatCommand.ListSubscriptions;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.ChatCommand.TellAdded;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.Subscriptions;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
class MembersIT {
  @Inject Writers writers;
  @Inject Asking asking;
  @Inject Tells tells;
  @Inject Documents documents;
  @Inject MongoDatabase database;
  @Inject Json json;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private Caller ben;

  @BeforeEach
  void meetPeople() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
  }

  @Test
  void makesOneConversationPerPair() {
    PendingCommand mine = chat.createDirect(anna, ben);
    Outcome outcome = writer.write(List.of(mine, chat.createDirect(ben, anna)));
    assertThat(outcome.replies())
        .extracting(reply -> ((Reply.Done) reply).body().text())
        .containsExactly("{\"created\":true}", "{\"created\":false}");
    Outcome later = writer.write(List.of(chat.createDirect(ben, anna), mine));
    assertThat(later.replies())
        .extracting(reply -> ((Reply.Done) reply).body().text())
        .containsExactly("{\"created\":false}", "{\"created\":true}");
  }

  @Test
  void makesNoConversationWithOneself() {
    Person person = new Person(anna.userId(), "anna", null);
    CreateDirect create =
        new CreateDirect(DirectIds.of(anna.userId(), anna.userId()), person, person);
    Reply reply = writer.write(List.of(chat.command(anna, create))).replies().getFirst();
    assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void makesNoConversationUnderAnotherId() {
    CreateDirect create =
        new CreateDirect(
            "mine", new Person(anna.userId(), "anna", null), new Person(ben.userId(), "ben", null));
    Reply reply = writer.write(List.of(chat.command(anna, create))).replies().getFirst();
    assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void tellsBothAndForgetsTheNotes() {
    Key key = chat.direct(writer, anna, ben);
    awaitTold(anna, 1);
    awaitTold(ben, 1);
    await().until(() -> left(key).isEmpty());
  }

  @Test
  void tellsWhoeverACrashedReplicaHasLeftUntold() {
    Key key = chat.direct(writer, anna, ben);
    awaitTold(anna, 1);
    SideWrite note = tells.note(new Tells.Tell(anna.userId(), key.id(), 77), Instant.EPOCH);
    Upserts.write(database.getCollection(note.collection()), List.of(note.write()));

    awaitTold(anna, 2);
    await().until(() -> left(key).isEmpty());
  }

  @Test
  void tellsEachWhoIsAddedOnceWithTheWholeConversation() {
    Key key = chat.direct(writer, anna, ben);
    awaitTold(ben, 1);
    Outcome outcome = writer.write(List.of(tell(ben, key, 77), tell(ben, key, 77)));

    assertThat(outcome.replies()).allMatch(Reply.Done.class::isInstance);
    assertThat(outcome.publications()).hasSize(1);
    Publication told = outcome.publications().getFirst();
    assertThat(told.key()).isEqualTo(Key.user(ben.userId()));
    Hint.Change change = (Hint.Change) told.hint();
    assertThat(change.rev()).isEqualTo(2);
    assertThat(change.follow()).isEqualTo(new Hint.Follow(key.id(), 77));
    ClientEvent event = change.events().getFirst();
    assertThat(event.event()).isEqualTo("conversation-updated");
    assertThat(event.reach()).isEqualTo(ClientEvent.Reach.SELF);
    assertThat(event.payload().text())
        .contains(
            "\"change\":\"participant-added\"",
            "\"by\":\"" + anna.userId() + "\"",
            "\"user\":{\"_id\":\"" + ben.userId() + "\",\"username\":\"ben\"}",
            "\"conversation\":{\"_id\":\"" + key.id() + "\",\"type\":\"direct\",\"name\":null");
    assertThat(writer.write(List.of(tell(ben, key, 77), tell(ben, key, 1))).publications())
        .isEmpty();
  }

  @Test
  void listsWhatAGatewayHasToFollow() {
    Key one = chat.direct(writer, anna, ben);
    Key two = chat.direct(writer, anna, chat.person("cora"));
    chat.direct(writer, ben, chat.person("dora"));
    awaitTold(anna, 2);

    Reply.Done done = ask(anna, new ListSubscriptions(anna.userId()));
    Subscriptions subscriptions = json.read(done.body(), Subscriptions.class);
    assertThat(done.rev()).isEqualTo(2);
    assertThat(subscriptions.rev()).isEqualTo(2);
    assertThat(subscriptions.followed())
        .extracting(Subscriptions.Followed::conversationId)
        .containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(subscriptions.followed())
        .allSatisfy(followed -> assertThat(followed.participants()).contains(anna.userId()))
        .allSatisfy(followed -> assertThat(followed.rev()).isEqualTo(1));
  }

  @Test
  void listsNothingForSomebodyNew() {
    Reply.Done done = ask(anna, new ListSubscriptions(anna.userId()));
    assertThat(json.read(done.body(), Subscriptions.class))
        .isEqualTo(new Subscriptions(0, List.of()));
  }

  @Test
  void tellsWhoIsInAConversation() {
    Key key = chat.direct(writer, anna, ben);
    Subscriptions.Followed followed =
        json.read(ask(anna, new Follow(key.id())).body(), Subscriptions.Followed.class);
    assertThat(followed.participants()).containsExactly(anna.userId(), ben.userId());
    assertThat(followed.rev()).isEqualTo(1);
    assertThat(refused(anna, new Follow("nothing"))).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void knowsWhoTakesPart() {
    Key key = chat.direct(writer, anna, ben);
    assertThat(ask(ben, new CheckParticipant(key.id())).rev()).isEqualTo(1);
    assertThat(refused(chat.person("eve"), new CheckParticipant(key.id())))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(refused(ben, new CheckParticipant("x".repeat(100_000))))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void answersNoChangeBesideTheWriter() {
    assertThatThrownBy(() -> asking.ask(chat.createDirect(anna, ben)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private PendingCommand tell(Caller added, Key conversation, long rev) {
    return chat.command(
        Caller.service(Service.CHAT), new TellAdded(added.userId(), conversation.id(), rev));
  }

  private void awaitTold(Caller user, long rev) {
    await().until(() -> documents.read(Key.user(user.userId())).rev() == rev);
  }

  private List<Tells.Tell> left(Key conversation) {
    return tells.left(Instant.now().plusSeconds(60)).stream()
        .filter(tell -> tell.conversationId().equals(conversation.id()))
        .toList();
  }

  private Reply.Done ask(Caller caller, Record command) {
    return (Reply.Done) asking.ask(chat.command(caller, command));
  }

  private ErrorCode refused(Caller caller, Record command) {
    return ((Reply.Refused) asking.ask(chat.command(caller, command))).failure().code();
  }
}

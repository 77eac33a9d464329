package io.chatterbox.chat.members;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.Neighbours;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Participant;
import io.chatterbox.chat.log.Asking;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.JoinConversation;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.GroupCommand.AccountDeleted;
import io.chatterbox.contract.GroupCommand.AddParticipants;
import io.chatterbox.contract.GroupCommand.ChangeRole;
import io.chatterbox.contract.GroupCommand.CreateGroup;
import io.chatterbox.contract.GroupCommand.RemoveParticipant;
import io.chatterbox.contract.GroupCommand.RenameGroup;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.MessageCommand.DeleteMessage;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
class GroupsIT {
  @Inject Writers writers;
  @Inject Asking asking;
  @Inject Documents documents;
  @Inject Json json;

  private Writer writer;
  private Writer other;
  private ChatFixture chat;
  private Caller anna;
  private Caller ben;
  private Caller cora;
  private Key key;

  @BeforeEach
  void makeAGroup() {
    writer = writers.another();
    other = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    cora = chat.person("cora");
    key = Key.conversation(UUID.randomUUID().toString());
    done(
        writer,
        anna,
        new CreateGroup(
            key.id(), " Friends ", "of ours", person(anna), List.of(person(ben), person(cora))));
  }

  @Test
  void makesItsCreatorAdminAndTellsEachOfHimself() {
    assertThat(roles()).containsExactly("admin", "member", "member");
    assertThat(group().title().orElseThrow().name()).isEqualTo("Friends");
    for (Caller each : List.of(anna, ben, cora)) {
      await().until(() -> documents.read(Key.user(each.userId())).rev() == 1);
    }
  }

  @Test
  void bringsPeopleInWhoHaveReadEverythingSoFar() {
    done(writer, anna, new SendMessage(key.id(), "before", List.of(), null, null));
    Caller dora = chat.person("dora");
    Caller emil = chat.person("emil");
    Outcome outcome = write(writer, anna, new AddParticipants(key.id(), people(ben, dora, emil)));
    Hint.Change change = change(outcome);
    assertThat(change.memberships())
        .containsExactly(
            new Hint.Membership(dora.userId(), true), new Hint.Membership(emil.userId(), true));
    assertThat(change.events()).hasSize(2);
    ClientEvent event = change.events().getFirst();
    assertThat(event.event()).isEqualTo("conversation-updated");
    assertThat(event.reach()).isEqualTo(ClientEvent.Reach.PARTICIPANTS);
    assertThat(event.payload().text())
        .contains(
            "\"change\":\"participant-added\"",
            "\"by\":\"" + anna.userId() + "\"",
            "\"user\":{\"_id\":\"" + dora.userId() + "\",\"username\":\"dora\"}");
    await().until(() -> documents.read(Key.user(dora.userId())).rev() == 1);
    assertThat(joined(dora)).contains("\"unread\":0", "\"content\":\"before\"");
    assertThat(joined(ben)).contains("\"unread\":1");
    done(other, anna, new SendMessage(key.id(), "after", List.of(), null, null));
    assertThat(joined(dora)).contains("\"unread\":1");
    assertThat(write(other, anna, new AddParticipants(key.id(), people(dora))).publications())
        .isEmpty();
  }

  @Test
  void takesNoMorePeopleThanAGroupHolds() {
    List<Person> many =
        IntStream.range(0, 998)
            .mapToObj(i -> new Person("p" + i + "-" + key.id(), "p" + i, null))
            .toList();
    assertThat(code(anna, new AddParticipants(key.id(), many)))
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(group().participants().all()).hasSize(3);
  }

  @Test
  void isForAdminsOnly() {
    for (Record command :
        List.of(
            new AddParticipants(key.id(), people(chat.person("dora"))),
            new RemoveParticipant(key.id(), cora.userId()),
            new ChangeRole(key.id(), cora.userId(), "admin"),
            new RenameGroup(key.id(), "Mine", null, false))) {
      assertThat(code(ben, command)).isEqualTo(ErrorCode.FORBIDDEN);
      assertThat(code(chat.person("eve"), command)).isEqualTo(ErrorCode.NOT_FOUND);
    }
    assertThat(code(anna, new RemoveParticipant(key.id(), "nobody")))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(code(anna, new ChangeRole(key.id(), "nobody", "admin")))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void isNotForDirectConversations() {
    Key direct = chat.direct(writer, anna, ben);
    for (Record command :
        List.of(
            new AddParticipants(direct.id(), people(cora)),
            new RemoveParticipant(direct.id(), ben.userId()),
            new RemoveParticipant(direct.id(), anna.userId()),
            new ChangeRole(direct.id(), ben.userId(), "admin"),
            new RenameGroup(direct.id(), "Mine", null, false))) {
      assertThat(code(anna, command)).isEqualTo(ErrorCode.FORBIDDEN);
    }
  }

  @Test
  void tellsTheRemovedOfHisRemovalAsTheLast() {
    Outcome outcome = write(writer, anna, new RemoveParticipant(key.id(), ben.userId()));
    Hint.Change change = change(outcome);
    assertThat(change.memberships()).containsExactly(new Hint.Membership(ben.userId(), false));
    assertThat(change.events())
        .singleElement()
        .satisfies(event ->
            assertThat(event.payload().text()).contains("\"change\":\"participant-removed\""));
    assertThat(code(ben, new SendMessage(key.id(), "still", List.of(), null, null)))
        .isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(asking.ask(chat.command(ben, new JoinConversation(key.id(), null))))
        .isInstanceOf(Reply.Refused.class);
  }

  @Test
  void removesAlsoAtAWriterThatHasNotHeardOfIt() {
    done(other, ben, new SendMessage(key.id(), "with an id", List.of(), null, "mine"));
    done(writer, anna, new RemoveParticipant(key.id(), ben.userId()));
    SendMessage repeat = new SendMessage(key.id(), "again", List.of(), null, "mine");
    SendMessage fresh = new SendMessage(key.id(), "new", List.of(), null, null);
    for (SendMessage send : List.of(repeat, fresh)) {
      Reply reply = write(other, ben, send).replies().getFirst();
      assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }
  }

  @Test
  void makesTheOldestMemberAdminWhenTheLastAdminLeaves() {
    Outcome outcome = write(writer, anna, new RemoveParticipant(key.id(), anna.userId()));
    assertThat(roles()).containsExactly("admin", "member");
    List<ClientEvent> events = change(outcome).events();
    assertThat(events).hasSize(2);
    assertThat(events.get(0).payload().text())
        .contains("participant-removed", "\"by\":\"" + anna.userId());
    assertThat(events.get(1).payload().text())
        .contains(
            "\"change\":\"role-changed\"",
            "\"by\":\"" + anna.userId(),
            "\"user\":{\"_id\":\"" + ben.userId() + "\"",
            "\"role\":\"admin\"");
    assertThat(events.get(1).except()).isEqualTo(anna.userId());
  }

  @Test
  void answersARepeatedLeaving() {
    var leave = chat.command(anna, new RemoveParticipant(key.id(), anna.userId()));
    assertThat(writer.write(List.of(leave)).replies().getFirst()).isInstanceOf(Reply.Done.class);
    assertThat(other.write(List.of(leave)).replies().getFirst()).isInstanceOf(Reply.Done.class);
  }

  @Test
  void endsWithTheLastOnesLeaving() {
    for (Caller each : List.of(ben, cora, anna)) {
      done(writer, each, new RemoveParticipant(key.id(), each.userId()));
    }
    assertThat(code(anna, new SendMessage(key.id(), "alone", List.of(), null, null)))
        .isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void keepsOneAdmin() {
    assertThat(code(anna, new ChangeRole(key.id(), anna.userId(), "member")))
        .isEqualTo(ErrorCode.CONFLICT);
    Outcome outcome = write(writer, anna, new ChangeRole(key.id(), ben.userId(), "admin"));
    assertThat(change(outcome).events().getFirst().payload().text())
        .contains("\"change\":\"role-changed\"", "\"role\":\"admin\"");
    assertThat(write(writer, anna, new ChangeRole(key.id(), ben.userId(), "admin")).publications())
        .isEmpty();
    done(other, ben, new ChangeRole(key.id(), anna.userId(), "member"));
    assertThat(roles()).containsExactly("member", "admin", "member");
    assertThat(code(anna, new RenameGroup(key.id(), "Mine", null, false)))
        .isEqualTo(ErrorCode.FORBIDDEN);
  }

  @Test
  void demotesNobodyToNoAdminWhenTwoWritersTryAtOnce() {
    done(writer, anna, new ChangeRole(key.id(), ben.userId(), "admin"));
    done(other, anna, new ChangeRole(key.id(), ben.userId(), "admin"));
    done(other, anna, new ChangeRole(key.id(), ben.userId(), "member"));
    Reply late =
        write(writer, anna, new ChangeRole(key.id(), anna.userId(), "member")).replies().getFirst();
    assertThat(((Reply.Refused) late).failure().code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void renames() {
    Outcome outcome = write(writer, anna, new RenameGroup(key.id(), " Family ", null, true));
    assertThat(change(outcome).events().getFirst().payload().text())
        .contains("\"change\":\"renamed\"", "\"name\":\"Family\"", "\"description\":null");
    assertThat(joined(ben)).contains("\"name\":\"Family\"", "\"description\":null");
    assertThat(write(other, anna, new RenameGroup(key.id(), "Family", null, false)).publications())
        .isEmpty();
    assertThat(code(anna, new RenameGroup(key.id(), "x".repeat(101), null, false)))
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(code(anna, new RenameGroup(key.id(), null, "x".repeat(501), false)))
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
  }

  @Test
  void letsAdminsDeleteOthersMessages() {
    done(writer, ben, new SendMessage(key.id(), "bad words", List.of(), null, null));
    assertThat(code(cora, new DeleteMessage(key.id(), Entry.id(key, 2))))
        .isEqualTo(ErrorCode.FORBIDDEN);
    done(writer, anna, new DeleteMessage(key.id(), Entry.id(key, 2)));
  }

  @Test
  void takesADeletedAccountOutOfGroupsAndSilencesItsDirectConversations() {
    Key direct = chat.direct(writer, anna, ben);
    done(writer, anna, new AccountDeleted(key.id()));
    done(writer, anna, new AccountDeleted(direct.id()));
    done(other, anna, new AccountDeleted(key.id()));
    done(other, anna, new AccountDeleted(direct.id()));
    assertThat(roles()).containsExactly("admin", "member");
    assertThat(code(ben, new SendMessage(direct.id(), "hello?", List.of(), null, null)))
        .isEqualTo(ErrorCode.FORBIDDEN);
    assertThat(asking.ask(chat.command(ben, new JoinConversation(direct.id(), null))))
        .isInstanceOf(Reply.Done.class);
  }

  private ConversationDocument group() {
    return documents.read(key).state(ConversationDocument.class).orElseThrow();
  }

  private List<String> roles() {
    return group().participants().all().stream().map(Participant::role).toList();
  }

  private String joined(Caller caller) {
    return ((Reply.Done) asking.ask(chat.command(caller, new JoinConversation(key.id(), null))))
        .body()
        .text();
  }

  private static List<Person> people(Caller... callers) {
    return List.of(callers).stream().map(GroupsIT::person).toList();
  }

  private static Person person(Caller caller) {
    return new Person(caller.userId(), caller.username(), null);
  }

  private Outcome write(Writer by, Caller caller, Record command) {
    return by.write(List.of(chat.command(caller, command)));
  }

  private void done(Writer by, Caller caller, Record command) {
    assertThat(write(by, caller, command).replies().getFirst()).isInstanceOf(Reply.Done.class);
  }

  private ErrorCode code(Caller caller, Record command) {
    Reply reply = write(writer, caller, command).replies().getFirst();
    return ((Reply.Refused) reply).failure().code();
  }

  private static Hint.Change change(Outcome outcome) {
    assertThat(outcome.publications()).hasSize(1);
    return (Hint.Change) outcome.publications().getFirst().hint();
  }
}

package io.chatterbox.chat.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.Neighbours;
import io.chatterbox.chat.log.Asking;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CreateRoom;
import io.chatterbox.contract.ChatCommand.JoinRoom;
import io.chatterbox.contract.ChatCommand.LeaveRoom;
import io.chatterbox.contract.ChatCommand.SendRoomMessage;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(Neighbours.class)
class RoomsIT {
  @Inject Writers writers;
  @Inject Asking asking;
  @Inject Documents documents;
  @Inject Json json;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private final String name = "room-" + UUID.randomUUID();

  @BeforeEach
  void makeRoom() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    assertThat(write(new CreateRoom(name, "about this"))).isInstanceOf(Reply.Done.class);
  }

  @Test
  void opensTheFirstRoomsOnce() {
    new FirstRooms(writers.another(), json).open();
    new FirstRooms(writers.another(), json).open();
    for (String room : List.of("general", "random", "tech")) {
      assertThat(documents.read(Key.room(room)).rev()).isEqualTo(1);
    }
  }

  @Test
  void answersTheNewRoom() {
    Reply.Done done = (Reply.Done) write(new CreateRoom(name + "-2", null));
    assertThat(done.body().text())
        .contains(
            "{\"_id\":\"" + name + "-2\"",
            "\"description\":null",
            "\"userCount\":0",
            "\"lastSeq\":0");
  }

  @Test
  void takesANameOnce() {
    assertThat(refused(new CreateRoom(name, null))).isEqualTo(ErrorCode.CONFLICT);
    PendingCommand create = chat.command(anna, new CreateRoom(name + "-3", null));
    Outcome outcome =
        writer.write(List.of(create, chat.command(anna, new CreateRoom(name + "-3", null))));
    assertThat(outcome.replies().getFirst()).isInstanceOf(Reply.Done.class);
    assertThat(outcome.replies().getLast()).isInstanceOf(Reply.Refused.class);
    assertThat(writer.write(List.of(create)).replies().getFirst())
        .as("the same command again finds its room")
        .isInstanceOf(Reply.Done.class);
  }

  @Test
  void refusesBadNamesAndLongDescriptions() {
    for (String bad : List.of("A", "-a", "_a", "a b", "ä", "a".repeat(51), "a/b", "a\n")) {
      assertThat(refused(new CreateRoom(bad, null))).as(bad).isEqualTo(ErrorCode.VALIDATION_ERROR);
    }
    assertThat(refused(new CreateRoom(name + "-4", "x".repeat(501))))
        .isEqualTo(ErrorCode.VALIDATION_ERROR);
    assertThat(write(new CreateRoom(name + "-4", "😀".repeat(500)))).isInstanceOf(Reply.Done.class);
  }

  @Test
  void tellsARoomMessageToThoseWhoJoined() {
    Outcome outcome =
        writer.write(List.of(chat.command(anna, new SendRoomMessage(name, " hi ", "mine"))));
    Reply.Done done = (Reply.Done) outcome.replies().getFirst();
    assertThat(done.body().text())
        .contains("\"seq\":1", "\"content\":\"hi\"", "\"clientMessageId\":\"mine\"");
    ClientEvent event =
        ((Hint.Change) outcome.publications().getFirst().hint()).events().getFirst();
    assertThat(event.event()).isEqualTo("room-message");
    assertThat(event.reach()).isEqualTo(ClientEvent.Reach.JOINED);
    assertThat(event.origin()).isEqualTo(new ClientEvent.Origin(anna.userId(), "mine", false));
    assertThat(event.payload().text())
        .contains(
            "\"roomName\":\"" + name + "\"",
            "\"sender\":{\"_id\":\"" + anna.userId() + "\",\"username\":\"anna\"}")
        .doesNotContain("clientMessageId");
  }

  @Test
  void answersAJoinWithThePeopleTheCallerIncludedAndTheLastMessages() {
    write(new SendRoomMessage(name, "one", "id-1"));
    write(new SendRoomMessage(name, "two", null));

    Reply.Done done = ask(anna, new JoinRoom(name, null));
    assertThat(done.rev()).isEqualTo(3);
    assertThat(done.body().text())
        .contains(
            "\"room\":{\"_id\":\"" + name + "\"",
            "\"description\":\"about this\"",
            "\"userCount\":2",
            "\"lastSeq\":2",
            "\"users\":[{\"_id\":\"" + anna.userId(),
            "{\"_id\":\"zoe\",\"username\":\"zoe\",\"status\":\"online\"}",
            "\"clientMessageId\":\"id-1\"",
            "\"hasMore\":false");
    assertThat(ask(chat.person("ben"), new JoinRoom(name, 1L)).body().text())
        .contains("\"content\":\"two\"")
        .doesNotContain("\"content\":\"one\"", "clientMessageId");
  }

  @Test
  void knowsNoOtherRooms() {
    for (String bad : List.of("unknown-" + name, "NOT A NAME", "a".repeat(100_000))) {
      assertThat(refused(new SendRoomMessage(bad, "hi", null))).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
      Reply reply = asking.ask(chat.command(anna, new JoinRoom(bad, null)));
      assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.ROOM_NOT_FOUND);
      assertThat(ask(anna, new LeaveRoom(bad)).body().text()).isEqualTo("{}");
    }
  }

  private Reply write(Record command) {
    return writer.write(List.of(chat.command(anna, command))).replies().getFirst();
  }

  private ErrorCode refused(Record command) {
    return ((Reply.Refused) write(command)).failure().code();
  }

  private Reply.Done ask(Caller caller, Record command) {
    return (Reply.Done) asking.ask(chat.command(caller, command));
  }
}

package io.chatterbox.chat.rooms;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.history.History;
import io.chatterbox.chat.history.RoomMessageView;
import io.chatterbox.chat.log.AskHandler;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.rooms.OccupantsClient.Occupant;
import io.chatterbox.chat.rooms.OccupantsClient.Occupants;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.JoinRoom;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import jakarta.inject.Singleton;
import java.util.List;

/// `join-room`: who is inside, and what the socket has missed. Everything above the answer's `rev`
/// comes live.
@Singleton
class JoinRoomHandler implements AskHandler<JoinRoom> {
  private final Documents documents;
  private final History history;
  private final Occupancy occupancy;
  private final ChatConfig config;
  private final Json json;

  JoinRoomHandler(
      Documents documents, History history, Occupancy occupancy, ChatConfig config, Json json) {
    this.documents = documents;
    this.history = history;
    this.occupancy = occupancy;
    this.config = config;
    this.json = json;
  }

  @Acknowledges("join-room")
  @Shape(name = "JoinRoomAnswer")
  record Joined(
      RoomView room, List<Occupant> users, List<RoomMessageView> messages, boolean hasMore) {
    Joined {
      users = List.copyOf(users);
      messages = List.copyOf(messages);
    }
  }

  @Override
  public Class<JoinRoom> command() {
    return JoinRoom.class;
  }

  @Override
  public Answer answer(JoinRoom command, Caller caller) {
    Head head = documents.read(Key.room(command.roomName()));
    RoomDocument.existing(head);
    Occupants inside = occupancy.with(caller, command.roomName());
    Long afterSeq = command.afterSeq();
    History.Page page =
        afterSeq == null
            ? history.newest(head, config.joinMessages())
            : history.after(head, afterSeq, config.catchUpMessages());
    List<RoomMessageView> messages =
        page.messages().stream().map(entry -> RoomMessageView.of(entry, caller.userId())).toList();
    return new Answer(
        head.rev(),
        json.write(
            new Joined(
                RoomView.of(head, inside.userCount()), inside.users(), messages, page.hasMore())));
  }
}

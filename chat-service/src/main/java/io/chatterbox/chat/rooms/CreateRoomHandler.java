package io.chatterbox.chat.rooms;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.chat.log.Draft;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryHandler;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.log.Turn;
import io.chatterbox.contract.ChatCommand.CreateRoom;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// `create-room`: a room's first entry. Nobody is told.
@Singleton
class CreateRoomHandler implements EntryHandler<CreateRoom>, EntryKind<RoomDocument> {
  private final ChatConfig.Limits limits;
  private final Json json;

  CreateRoomHandler(ChatConfig config, Json json) {
    this.limits = config.limits();
    this.json = json;
  }

  @Override
  public Class<CreateRoom> command() {
    return CreateRoom.class;
  }

  @Override
  public String name() {
    return "room-created";
  }

  @Override
  public Draft draft(CreateRoom command, Turn turn) {
    String description = command.description();
    if (!RoomNames.isValid(command.name())) {
      throw Refusal.invalid(
          "name takes 1 to 50 of a-z, 0-9, _ and -, and begins with a letter or digit.");
    }
    if (description != null
        && description.codePointCount(0, description.length()) > limits.descriptionLength()) {
      throw Refusal.invalid(
          "description takes at most " + limits.descriptionLength() + " characters.");
    }
    String id = turn.commandId(null);
    if (turn.head().exists()) {
      return new Draft.Refused(
          id, new Refusal(ErrorCode.CONFLICT, "There is a room of this name."));
    }
    Document body = new Document();
    if (description != null) {
      body.append("description", description);
    }
    return new Draft.Write(name(), id, false, false, body);
  }

  /// A repeat is told the room as it was made, with nobody inside.
  @Override
  public RawJson reply(CreateRoom command, Entry entry) {
    return json.write(
        new RoomView(
            entry.key().id(),
            entry.key().id(),
            entry.body().getString("description"),
            0,
            0,
            entry.at()));
  }

  @Override
  public RoomDocument apply(Optional<RoomDocument> state, Entry entry) {
    return new RoomDocument(
        Optional.ofNullable(entry.body().getString("description")), entry.sender(), entry.at());
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream().map(entry -> Hint.Change.silent(entry.rev())).toList();
  }
}

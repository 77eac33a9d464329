package io.chatterbox.chat.messages;

import io.chatterbox.bus.Json;
import io.chatterbox.chat.history.RoomMessageView;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.EntryKind;
import io.chatterbox.chat.rooms.RoomDocument;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// A room's messages: `room-message` to those who joined.
@Singleton
class RoomMessages implements EntryKind<RoomDocument> {
  static final String ROOM_MESSAGE = "room-message";

  private final Json json;

  RoomMessages(Json json) {
    this.json = json;
  }

  @Override
  public String name() {
    return ROOM_MESSAGE;
  }

  @Override
  public RoomDocument apply(Optional<RoomDocument> state, Entry entry) {
    return state.orElseThrow();
  }

  @Override
  public List<Hint.Change> told(List<Entry> entries) {
    return entries.stream()
        .map(entry -> Hint.Change.telling(entry.rev(), List.of(event(entry))))
        .toList();
  }

  private ClientEvent event(Entry entry) {
    return new ClientEvent(
        "room-message",
        ClientEvent.Reach.JOINED,
        null,
        null,
        ConversationMessages.origin(entry),
        json.write(RoomMessageView.of(entry)));
  }
}

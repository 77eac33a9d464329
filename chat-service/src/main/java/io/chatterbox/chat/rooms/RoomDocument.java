package io.chatterbox.chat.rooms;

import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.KeyState;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import java.time.Instant;
import java.util.Optional;

/// What a room's log has come to.
public record RoomDocument(Optional<String> description, String createdBy, Instant createdAt)
    implements KeyState {

  /// The room.
  ///
  /// @throws Refusal `ROOM_NOT_FOUND` when there is none
  public static RoomDocument existing(Head head) {
    return head.state(RoomDocument.class).orElseThrow(RoomDocument::unknown);
  }

  static Refusal unknown() {
    return new Refusal(ErrorCode.ROOM_NOT_FOUND, "There is no such room.");
  }

  @Override
  public int weight() {
    return 1;
  }
}

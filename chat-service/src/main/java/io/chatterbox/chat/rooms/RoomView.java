package io.chatterbox.chat.rooms;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.chat.log.Head;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A room as anybody sees it.
///
/// @param userCount how many people are inside
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RoomView(
    @JsonProperty("_id") String id,
    String name,
    @Nullable String description,
    long userCount,
    long lastSeq,
    Instant createdAt) {

  static RoomView of(Head head, long userCount) {
    RoomDocument room = RoomDocument.existing(head);
    return new RoomView(
        head.key().id(),
        head.key().id(),
        room.description().orElse(null),
        userCount,
        head.seq(),
        room.createdAt());
  }
}

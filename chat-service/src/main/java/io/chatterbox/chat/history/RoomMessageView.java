package io.chatterbox.chat.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.UserView;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message of a room, the same in acknowledgements, events and history.
///
/// @param clientMessageId for the sender's own sockets only
@Told("room-message")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoomMessageView(
    @JsonProperty("_id") String id,
    String roomName,
    @Shape(least = 1) long seq,
    UserView sender,
    String content,
    @Nullable String clientMessageId,
    Instant createdAt) {

  /// As everybody sees it.
  public static RoomMessageView of(Entry entry) {
    MessageDocument message = MessageDocument.of(entry);
    return new RoomMessageView(
        entry.id(),
        entry.key().id(),
        entry.seq(),
        new UserView(entry.sender(), message.username()),
        message.content(),
        null,
        entry.at());
  }

  /// As this user sees it: what he wrote has the id that he gave it.
  public static RoomMessageView of(Entry entry, String userId) {
    RoomMessageView view = of(entry);
    String given = entry.sender().equals(userId) ? entry.clientMessageId().orElse(null) : null;
    return new RoomMessageView(
        view.id, view.roomName, view.seq, view.sender, view.content, given, view.createdAt);
  }
}

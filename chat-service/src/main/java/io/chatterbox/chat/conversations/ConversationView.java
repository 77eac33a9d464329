package io.chatterbox.chat.conversations;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.contract.documented.Shape;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A conversation as one of its participants sees it.
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ConversationView(
    @JsonProperty("_id") String id,
    @Shape(oneOf = {"direct", "group"}) String type,
    @Nullable String name,
    @Nullable String description,
    List<ParticipantView> participants,
    String createdBy,
    Instant createdAt,
    @Nullable MessageView lastMessage,
    long lastSeq,
    long unread) {

  public ConversationView {
    participants = List.copyOf(participants);
  }

  /// A participant.
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record ParticipantView(
      @JsonProperty("_id") String id,
      String username,
      @Nullable String avatar,
      @Shape(
              name = "Role",
              oneOf = {"admin", "member"})
          String role,
      Instant joinedAt) {}
}

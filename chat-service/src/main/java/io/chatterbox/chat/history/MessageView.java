package io.chatterbox.chat.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.UserView;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of a conversation, the same in acknowledgements, events and history.
///
/// @param clientMessageId for the sender's own sockets only
@Told("new-message")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageView(
    @JsonProperty("_id") String id,
    String conversationId,
    @Shape(least = 1) long seq,
    UserView sender,
    String content,
    @Shape(
            name = "MessageType",
            oneOf = {"text", "ai", "system"})
        String type,
    List<AttachmentView> attachments,
    List<Reaction> reactions,
    List<String> mentions,
    @Nullable String replyTo,
    @Nullable ForwardedFrom forwardedFrom,
    @Nullable String clientMessageId,
    Instant createdAt,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt) {

  public MessageView {
    attachments = List.copyOf(attachments);
    reactions = List.copyOf(reactions);
    mentions = List.copyOf(mentions);
  }

  /// A file that the message carries.
  ///
  /// @param deleted true when it is gone; then it has no address any more
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AttachmentView(
      @JsonProperty("_id") String id,
      String originalName,
      String mimetype,
      long size,
      @Nullable String url,
      @Nullable String thumbnailUrl,
      @Nullable Boolean deleted) {}
}

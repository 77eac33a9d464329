package io.chatterbox.chat.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.UserView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message of a conversation, the same in acknowledgements, events and history.
///
/// @param clientMessageId for the sender's own sockets only
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageView(
    @JsonProperty("_id") String id,
    String conversationId,
    long seq,
    UserView sender,
    String content,
    String type,
    List<Object> attachments,
    List<Object> reactions,
    List<String> mentions,
    @Nullable String replyTo,
    @Nullable String clientMessageId,
    Instant createdAt) {

  public MessageView {
    attachments = List.copyOf(attachments);
    reactions = List.copyOf(reactions);
    mentions = List.copyOf(mentions);
  }

  /// As everybody sees it.
  public static MessageView of(Entry entry) {
    MessageDocument message = MessageDocument.of(entry);
    return new MessageView(
        entry.id(),
        entry.key().id(),
        entry.seq(),
        new UserView(entry.sender(), message.username()),
        message.content(),
        message.type(),
        List.of(),
        List.of(),
        message.mentions(),
        message.replyTo().orElse(null),
        null,
        entry.at());
  }

  /// As this user sees it: what he wrote has the id that he gave it.
  public static MessageView of(Entry entry, String userId) {
    MessageView view = of(entry);
    String given = entry.sender().equals(userId) ? entry.clientMessageId().orElse(null) : null;
    return given == null ? view : view.with(given);
  }

  private MessageView with(String given) {
    return new MessageView(
        id,
        conversationId,
        seq,
        sender,
        content,
        type,
        attachments,
        reactions,
        mentions,
        replyTo,
        given,
        createdAt);
  }
}

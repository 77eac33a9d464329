package io.chatterbox.contract;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.Key.Kind.CONVERSATION;

import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import java.util.List;

/// What chat-service is asked to do with messages that are there. Each change has a number of the
/// conversation's own.
public sealed interface MessageCommand {

  /// Another content for one's own message. Reply: `{message}`.
  @Refuses({NOT_FOUND, FORBIDDEN})
  @Command(event = "edit-message", key = "conversationId", kind = CONVERSATION)
  record EditMessage(
      @Shape(least = 1) String conversationId,
      @Shape(least = 1) String messageId,
      @Shape(least = 1, most = 8_000, setting = "chatterbox.chat.limits.content-length")
          String content)
      implements MessageCommand {
    public EditMessage {
      conversationId = Input.required(conversationId, "conversationId");
      messageId = Input.required(messageId, "messageId");
      content = Input.trimmed(content, "content");
    }
  }

  /// Empties a message (its author, or an admin). Reply: `{message}`.
  @Refuses({NOT_FOUND, FORBIDDEN})
  @Command(event = "delete-message", key = "conversationId", kind = CONVERSATION)
  record DeleteMessage(@Shape(least = 1) String conversationId, @Shape(least = 1) String messageId)
      implements MessageCommand {
    public DeleteMessage {
      conversationId = Input.required(conversationId, "conversationId");
      messageId = Input.required(messageId, "messageId");
    }
  }

  /// React with an emoji. Reply: `{message}`.
  @Refuses(NOT_FOUND)
  @Command(event = "add-reaction", key = "conversationId", kind = CONVERSATION)
  record AddReaction(
      @Shape(least = 1) String conversationId,
      @Shape(least = 1) String messageId,
      @Shape(least = 1) String emoji)
      implements MessageCommand {
    public AddReaction {
      conversationId = Input.required(conversationId, "conversationId");
      messageId = Input.required(messageId, "messageId");
      emoji = Input.required(emoji, "emoji");
    }
  }

  /// Take one's own reaction back. Reply: `{message}`.
  @Refuses(NOT_FOUND)
  @Command(event = "remove-reaction", key = "conversationId", kind = CONVERSATION)
  record RemoveReaction(
      @Shape(least = 1) String conversationId,
      @Shape(least = 1) String messageId,
      @Shape(least = 1) String emoji)
      implements MessageCommand {
    public RemoveReaction {
      conversationId = Input.required(conversationId, "conversationId");
      messageId = Input.required(messageId, "messageId");
      emoji = Input.required(emoji, "emoji");
    }
  }

  /// Stores a copy of a message of another conversation (REST). Who sends it has seen that the
  /// caller may read that one, and has taken it from the caller's rate. Reply: `{message}`.
  ///
  /// @param from the first message of which it is a copy
  @Command(event = "forward-message", key = "conversationId", kind = CONVERSATION, internal = true)
  record ForwardMessage(String conversationId, String content, List<CarriedFile> files, Origin from)
      implements MessageCommand {
    public ForwardMessage {
      conversationId = Input.required(conversationId, "conversationId");
      files = List.copyOf(files);
    }
  }

  /// Says that a file is gone which a message carries (its uploader's REST call). Reply: nothing
  /// besides success.
  @Command(event = "drop-attachment", key = "conversationId", kind = CONVERSATION, internal = true)
  record DropAttachment(String conversationId, String messageId, String fileId)
      implements MessageCommand {}

  /// A file as messages carry it.
  record CarriedFile(
      String id, String originalName, String mimetype, long size, boolean image, boolean deleted) {}

  /// The message that was forwarded first.
  record Origin(String messageId, String senderId, String username) {}
}

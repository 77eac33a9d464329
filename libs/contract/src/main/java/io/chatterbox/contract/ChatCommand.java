package io.chatterbox.contract;

import static io.chatterbox.contract.Command.Effect.JOIN;
import static io.chatterbox.contract.Command.Effect.LEAVE;
import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.RATE_LIMITED;
import static io.chatterbox.contract.ErrorCode.ROOM_NOT_FOUND;
import static io.chatterbox.contract.Key.Kind.CONVERSATION;
import static io.chatterbox.contract.Key.Kind.PARTITION;
import static io.chatterbox.contract.Key.Kind.ROOM;
import static io.chatterbox.contract.Key.Kind.USER;

import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What chat-service is asked to do. Components are the fields of the event's payload; a record
/// that could be invalid refuses to be built ([Refusal], `VALIDATION_ERROR`).
public sealed interface ChatCommand {

  /// Hear a room's messages from here on. Reply: `{room, users, messages, hasMore}`.
  @Refuses(ROOM_NOT_FOUND)
  @Command(event = "join-room", key = "roomName", kind = ROOM, effect = JOIN, asks = true)
  record JoinRoom(@Shape(least = 1) String roomName, @Nullable Long afterSeq)
      implements ChatCommand {
    public JoinRoom {
      roomName = Input.required(roomName, "roomName");
      afterSeq = Input.notNegative(afterSeq, "afterSeq");
    }
  }

  /// Hear a room no longer. Reply: nothing besides success, also for unknown rooms.
  @Command(event = "leave-room", key = "roomName", kind = ROOM, effect = LEAVE, asks = true)
  record LeaveRoom(@Shape(least = 1) String roomName) implements ChatCommand {
    public LeaveRoom {
      roomName = Input.required(roomName, "roomName");
    }
  }

  /// Send to a room. Reply: `{message}`.
  @Refuses({ROOM_NOT_FOUND, FORBIDDEN, RATE_LIMITED})
  @Command(event = "send-room-message", key = "roomName", kind = ROOM)
  record SendRoomMessage(
      @Shape(least = 1) String roomName,
      @Shape(least = 1, most = 8_000, setting = "chatterbox.chat.limits.content-length")
          String content,
      @Shape(least = 1, most = 64) @Nullable String clientMessageId)
      implements ChatCommand {
    public SendRoomMessage {
      roomName = Input.required(roomName, "roomName");
      content = Input.trimmed(content, "content");
      clientMessageId = Input.clientMessageId(clientMessageId);
    }
  }

  /// Hear a conversation's messages from here on. Reply: `{conversation, messages, hasMore}`.
  @Refuses(NOT_FOUND)
  @Command(
      event = "join-conversation",
      key = "conversationId",
      kind = CONVERSATION,
      effect = JOIN,
      asks = true)
  record JoinConversation(@Shape(least = 1) String conversationId, @Nullable Long afterSeq)
      implements ChatCommand {
    public JoinConversation {
      conversationId = Input.required(conversationId, "conversationId");
      afterSeq = Input.notNegative(afterSeq, "afterSeq");
    }
  }

  /// Hear a conversation no longer; membership stays. Reply: nothing besides success.
  @Command(
      event = "leave-conversation",
      key = "conversationId",
      kind = CONVERSATION,
      effect = LEAVE,
      asks = true)
  record LeaveConversation(@Shape(least = 1) String conversationId) implements ChatCommand {
    public LeaveConversation {
      conversationId = Input.required(conversationId, "conversationId");
    }
  }

  /// Send to a conversation. Reply: `{message}`.
  @Refuses({NOT_FOUND, FORBIDDEN, RATE_LIMITED})
  @Command(event = "send-message", key = "conversationId", kind = CONVERSATION)
  record SendMessage(
      @Shape(least = 1) String conversationId,
      @Shape(least = 1, most = 8_000, setting = "chatterbox.chat.limits.content-length")
          String content,
      @Shape(most = 10, setting = "chatterbox.chat.limits.attachments", optional = true)
          List<String> attachments,
      @Nullable String replyTo,
      @Shape(least = 1, most = 64) @Nullable String clientMessageId)
      implements ChatCommand {
    public SendMessage {
      conversationId = Input.required(conversationId, "conversationId");
      content = Input.trimmed(content, "content");
      attachments = Input.list(attachments, "attachments");
      replyTo = Input.optional(replyTo, "replyTo");
      clientMessageId = Input.clientMessageId(clientMessageId);
    }
  }

  /// Move the caller's read pointer forward. Exactly one of the two ways to name where to. Reply:
  /// `{unread}`.
  @Refuses(NOT_FOUND)
  @Shape(either = {"messageIds", "upToSeq"})
  @Command(event = "mark-read", key = "conversationId", kind = CONVERSATION)
  record MarkRead(
      @Shape(least = 1) String conversationId,
      @Shape(least = 1, most = 200, setting = "chatterbox.chat.limits.mark-read")
          @Nullable List<String> messageIds,
      @Shape(least = 1) @Nullable Long upToSeq)
      implements ChatCommand {
    public MarkRead {
      conversationId = Input.required(conversationId, "conversationId");
      if ((messageIds == null) == (upToSeq == null)) {
        throw Refusal.invalid("Either messageIds or upToSeq is required, and not both.");
      }
      if (upToSeq != null && upToSeq < 1) {
        throw Refusal.invalid("upToSeq must be a positive integer.");
      }
      if (messageIds != null) {
        messageIds = Input.list(messageIds, "messageIds");
        if (messageIds.isEmpty()) {
          throw Refusal.invalid("messageIds must not be empty.");
        }
      }
    }
  }

  /// A direct conversation between the caller and another one, made on first asking (REST). Who
  /// sends it has seen that both people exist. Reply: `{created}`.
  ///
  /// @param creator the caller
  /// @param conversationId made from the ids of the two, so that there is one per pair
  @Command(event = "create-direct", key = "conversationId", kind = CONVERSATION, internal = true)
  record CreateDirect(String conversationId, Person creator, Person participant)
      implements ChatCommand {
    public CreateDirect {
      conversationId = Input.required(conversationId, "conversationId");
    }
  }

  /// A person as auth-service describes him.
  record Person(String userId, String username, @Nullable String avatar) {}

  /// A new room (REST). Reply: the room.
  @Command(event = "create-room", key = "name", kind = ROOM, internal = true)
  record CreateRoom(String name, @Nullable String description) implements ChatCommand {
    public CreateRoom {
      name = Input.required(name, "name");
      description = Input.optional(description, "description");
    }
  }

  /// Tells a user's own log that he is in a conversation now, sent by the conversation's owner
  /// until answered. Handled once per (conversation, rev). Reply: nothing besides success.
  ///
  /// @param rev the conversation's `rev` of the change that added him
  @Command(event = "tell-added", key = "userId", kind = USER, internal = true)
  record TellAdded(String userId, String conversationId, long rev) implements ChatCommand {}

  /// What a gateway has to subscribe to for a user. Reply: [Subscriptions].
  @Command(event = "subscriptions", key = "userId", kind = USER, internal = true, asks = true)
  record ListSubscriptions(String userId) implements ChatCommand {}

  /// One conversation's subscription. Reply: [Subscriptions.Followed].
  @Command(
      event = "follow",
      key = "conversationId",
      kind = CONVERSATION,
      internal = true,
      asks = true)
  record Follow(String conversationId) implements ChatCommand {}

  /// The numbered changes of a key after `after`, at most `limit` (≤ 200), in order. Reply: blocks
  /// of [Hint.Change] in the bus's wire form; none when there is nothing after it.
  ///
  /// @param key as [Key#text] writes it; the entry's key is the same
  @Command(event = "read-log", key = "key", kind = PARTITION, internal = true, asks = true)
  record ReadLog(String key, long after, int limit) implements ChatCommand {}

  /// Which of these keys have more than the asker knows of? All are of one partition, ≤ 1,000.
  /// Reply: `{ahead: [{key, rev}]}`.
  @Command(event = "check-heads", kind = PARTITION, internal = true, asks = true)
  record CheckHeads(List<Head> heads) implements ChatCommand {
    public CheckHeads {
      heads = List.copyOf(heads);
    }
  }

  /// Stores a question to the assistant as an ordinary message of the caller (ai-service, in the
  /// asker's name). Reply: `{message, runId, context}`: the context is the conversation's newest
  /// messages, oldest first. A repeated `clientMessageId` answers the first `runId`.
  ///
  /// @param otherwise with what a question that is none stored before is refused; absent: it is
  ///   stored
  @Command(event = "ask-assistant", key = "conversationId", kind = CONVERSATION, internal = true)
  record AskAssistant(
      String conversationId,
      String content,
      @Nullable String clientMessageId,
      String runId,
      @Nullable Failure otherwise)
      implements ChatCommand {
    public AskAssistant {
      conversationId = Input.required(conversationId, "conversationId");
      content = Input.trimmed(content, "content");
      clientMessageId = Input.clientMessageId(clientMessageId);
    }
  }

  /// Whether the caller takes part in a conversation. Reply: nothing besides success, or
  /// `NOT_FOUND`.
  @Command(
      event = "check-participant",
      key = "conversationId",
      kind = CONVERSATION,
      internal = true,
      asks = true)
  record CheckParticipant(String conversationId) implements ChatCommand {}

  /// Ends an assistant run with exactly one entry of the log (ai-service in its own name). Of
  /// several for one run the first counts. Reply: `{messageId?}`.
  ///
  /// @param content what was shown, joined; empty: no message is stored
  /// @param error why the run failed; absent when it completed or was stopped
  @Command(event = "end-run", key = "conversationId", kind = CONVERSATION, internal = true)
  record EndRun(
      String conversationId,
      String runId,
      String askerId,
      String content,
      AiUsage usage,
      boolean stopped,
      @Nullable Failure error)
      implements ChatCommand {}

  /// A key and the `rev` its asker knows.
  record Head(String key, long rev) {}
}

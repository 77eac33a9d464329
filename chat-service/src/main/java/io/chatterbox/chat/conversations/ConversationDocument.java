package io.chatterbox.chat.conversations;

import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.KeyState;
import io.chatterbox.contract.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What a conversation's log has come to.
///
/// @param type `direct` or `group`
/// @param lastMessage `rev` of the last message; 0 when there is none
/// @param activity when the last message was sent, else when it was made
/// @param own what each sender has written, so that unread messages are a subtraction
public record ConversationDocument(
    String type,
    Participants participants,
    String createdBy,
    Instant createdAt,
    long lastMessage,
    Instant activity,
    Map<String, Own> own)
    implements KeyState {

  public static final String DIRECT = "direct";

  public ConversationDocument {
    own = Map.copyOf(own);
  }

  /// What one sender has written here.
  ///
  /// @param count how many messages
  /// @param lastSeq the `seq` of the last of them
  record Own(long count, long lastSeq) {
    static final Own NONE = new Own(0, 0);
  }

  /// The conversation as a participant may know it.
  ///
  /// @throws Refusal `NOT_FOUND` for everybody else, as if it did not exist
  public static ConversationDocument forParticipant(Head head, String userId) {
    return head.state(ConversationDocument.class)
        .filter(conversation -> conversation.participants.has(userId))
        .orElseThrow(() -> Refusal.notFound("There is no such conversation."));
  }

  static boolean isFor(Head head, String userId) {
    return head.state(ConversationDocument.class)
        .map(conversation -> conversation.participants.has(userId))
        .orElse(false);
  }

  /// With one more message.
  public ConversationDocument with(Entry message) {
    Map<String, Own> more = new HashMap<>(own);
    more.put(message.sender(), new Own(ownOf(message.sender()).count() + 1, message.seq()));
    return new ConversationDocument(
        type, participants, createdBy, createdAt, message.rev(), message.at(), more);
  }

  /// What a user has written here.
  Own ownOf(String userId) {
    return own.getOrDefault(userId, Own.NONE);
  }

  @Override
  public int weight() {
    return 1 + participants.all().size() + own.size();
  }
}

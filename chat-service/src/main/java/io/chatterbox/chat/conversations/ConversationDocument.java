package io.chatterbox.chat.conversations;

import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.KeyState;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a conversation's log has come to.
///
/// @param type `direct` or `group`
/// @param lastMessage `rev` of the last message; 0 when there is none
/// @param title of a group
/// @param activity when the last message was sent, else when it was made
/// @param lastDeleted `seq` of the last message that was deleted; 0 when none was
/// @param own what each sender has written, so that unread messages are a subtraction
public record ConversationDocument(
    String type,
    Optional<Title> title,
    Participants participants,
    String createdBy,
    Instant createdAt,
    long lastMessage,
    Instant activity,
    long lastDeleted,
    Map<String, Own> own)
    implements KeyState {

  public static final String DIRECT = "direct";
  public static final String GROUP = "group";

  public ConversationDocument {
    own = Map.copyOf(own);
  }

  /// What a group is called.
  ///
  /// @param rev the change that made it so
  public record Title(long rev, String name, Optional<String> description) {}

  /// What one sender has written here.
  ///
  /// @param count how many messages
  /// @param lastSeq the `seq` of the last of them
  public record Own(long count, long lastSeq) {
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

  /// A conversation as its first entry makes it.
  public static ConversationDocument created(
      String type, Optional<Title> title, List<Participant> participants, Entry first) {
    return new ConversationDocument(
        type,
        title,
        new Participants(first.rev(), participants),
        first.sender(),
        first.at(),
        0,
        first.at(),
        0,
        Map.of());
  }

  public boolean isGroup() {
    return type.equals(GROUP);
  }

  /// The conversation as somebody who may send to it knows it.
  ///
  /// @throws Refusal `NOT_FOUND` for who does not take part, `FORBIDDEN` when the other one of two
  ///   has deleted his account
  public static ConversationDocument forSender(Head head, String userId) {
    ConversationDocument conversation = forParticipant(head, userId);
    if (conversation.participants.all().stream().anyMatch(Participant::isGone)) {
      throw new Refusal(ErrorCode.FORBIDDEN, "The other one has deleted the account.");
    }
    return conversation;
  }

  /// With one more message.
  public ConversationDocument with(Entry message) {
    Map<String, Own> more = new HashMap<>(own);
    more.put(message.sender(), new Own(ownOf(message.sender()).count() + 1, message.seq()));
    return new ConversationDocument(
        type,
        title,
        participants,
        createdBy,
        createdAt,
        message.rev(),
        message.at(),
        lastDeleted,
        more);
  }

  /// With other people, or the same in other roles.
  public ConversationDocument with(Participants others) {
    return new ConversationDocument(
        type, title, others, createdBy, createdAt, lastMessage, activity, lastDeleted, own);
  }

  public ConversationDocument with(Title other) {
    return new ConversationDocument(
        type,
        Optional.of(other),
        participants,
        createdBy,
        createdAt,
        lastMessage,
        activity,
        lastDeleted,
        own);
  }

  /// With a message of this `seq` deleted.
  public ConversationDocument withDeleted(long seq) {
    return new ConversationDocument(
        type,
        title,
        participants,
        createdBy,
        createdAt,
        lastMessage,
        activity,
        Math.max(lastDeleted, seq),
        own);
  }

  /// What a user has written here.
  public Own ownOf(String userId) {
    return own.getOrDefault(userId, Own.NONE);
  }

  @Override
  public int weight() {
    return 1 + participants.all().size() + own.size();
  }
}

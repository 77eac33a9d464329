package io.chatterbox.chat.messages;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From where and to where somebody may forward.
@Singleton
class Sources {
  private final Documents documents;
  private final Entries entries;

  Sources(Documents documents, Entries entries) {
    this.documents = documents;
    this.entries = entries;
  }

  /// A message that a user may read. Membership is asked first.
  ///
  /// @throws Refusal `NOT_FOUND`
  Entry find(String messageId, String userId) {
    Head head = documents.read(Key.conversation(MessageIds.conversationOf(messageId)));
    ConversationDocument.forParticipant(head, userId);
    return Optional.ofNullable(entries.find(List.of(messageId)).get(messageId))
        .filter(entry -> entry.isMessage() && !MessageDocument.of(entry).isDeleted())
        .orElseThrow(() -> Refusal.notFound("There is no such message here."));
  }

  /// Whether he may send to all of these.
  ///
  /// @throws Refusal when not
  void checkTargets(List<String> conversationIds, String userId) {
    List<Key> keys = conversationIds.stream().map(Key::conversation).toList();
    Map<Key, Head> heads = documents.read(keys);
    keys.forEach(key -> ConversationDocument.forParticipant(Head.in(heads, key), userId));
    keys.forEach(key -> ConversationDocument.forSender(Head.in(heads, key), userId));
  }
}

package io.chatterbox.chat.conversations;

import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.rest.Paging;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// Somebody's conversations, in pages.
@Singleton
class ConversationLists {
  private final Memberships memberships;
  private final Conversations conversations;
  private final Documents documents;
  private final ConversationViews views;

  ConversationLists(
      Memberships memberships,
      Conversations conversations,
      Documents documents,
      ConversationViews views) {
    this.memberships = memberships;
    this.conversations = conversations;
    this.documents = documents;
    this.views = views;
  }

  /// One page.
  ///
  /// @param total of all pages
  record Listed(List<ConversationView> conversations, long total) {
    Listed {
      conversations = List.copyOf(conversations);
    }
  }

  /// A user's conversations, the newest activity first.
  ///
  /// @param type only of this type; empty: all
  Listed list(String userId, String type, Paging paging) {
    List<Conversations.Listed> all = conversations.list(memberships.of(userId), userId, type);
    List<Key> page =
        all.stream()
            .skip(paging.skip())
            .limit(paging.limit())
            .map(one -> Key.conversation(one.id()))
            .toList();
    Map<Key, Head> heads = documents.read(page);
    List<ConversationViews.Seen> seen =
        page.stream()
            .map(key -> Head.in(heads, key))
            .filter(head -> ConversationDocument.isFor(head, userId))
            .map(head -> new ConversationViews.Seen(head, userId))
            .toList();
    return new Listed(views.of(seen), all.size());
  }
}

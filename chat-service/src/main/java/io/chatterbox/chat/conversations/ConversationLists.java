package io.chatterbox.chat.conversations;

import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.rest.Paging;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Somebody's conversations, in pages.
@Singleton
class ConversationLists {
  private static final Comparator<Map.Entry<Key, Instant>> NEWEST =
      Map.Entry.<Key, Instant>comparingByValue()
          .reversed()
          .thenComparing(entry -> entry.getKey().id());

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
    Map<Key, Instant> all = activities(conversations.list(memberships.of(userId), userId, type));
    List<Key> page =
        all.entrySet().stream()
            .sorted(NEWEST)
            .skip(paging.skip())
            .limit(paging.limit())
            .map(Map.Entry::getKey)
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

  /// When each of these was last active: of most of them their documents know.
  private Map<Key, Instant> activities(List<Conversations.Listed> listed) {
    Map<Key, Instant> activities = new HashMap<>();
    Map<Key, Long> applied = new HashMap<>();
    for (Conversations.Listed one : listed) {
      Key key = Key.conversation(one.id());
      activities.put(key, one.activity());
      applied.put(key, one.applied());
    }
    documents
        .read(documents.beyond(applied))
        .forEach((key, head) ->
            head.state(ConversationDocument.class)
                .ifPresent(conversation -> activities.put(key, conversation.activity())));
    return activities;
  }
}

package io.chatterbox.chat.search;

import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.Memberships;
import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.Answer;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Looks through messages, the newest first. MongoDB's text index finds whole words only, so the
/// messages themselves are read, in blocks whose ids are computed. One call reads so many at most;
/// then the page ends early, and its cursor leads on from the last one read.
@Singleton
class Search {
  private static final int BLOCK = 500;
  private static final int MOST_READ = 50_000;

  private static final Comparator<Entry> NEWEST =
      Comparator.comparing(Entry::at)
          .thenComparing(entry -> entry.key().text())
          .thenComparingLong(Entry::seq)
          .reversed();

  private final Entries entries;
  private final Documents documents;
  private final Memberships memberships;
  private final MessageViews views;

  Search(Entries entries, Documents documents, Memberships memberships, MessageViews views) {
    this.entries = entries;
    this.documents = documents;
    this.memberships = memberships;
    this.views = views;
  }

  /// Looks through one conversation.
  ///
  /// @throws Refusal `NOT_FOUND` for who does not take part, and for an unknown cursor
  Answer.Data<MessagePages.Page<?>> in(
      String conversationId, String userId, Query query, int limit, @Nullable String before) {
    Head head = documents.read(Key.conversation(conversationId));
    ConversationDocument.forParticipant(head, userId);
    Optional<Entry> cursor = cursor(before, List.of(head));
    return page(List.of(head), userId, query, limit, cursor);
  }

  /// Looks through all that a user may see.
  ///
  /// @throws Refusal `NOT_FOUND` for an unknown cursor
  Answer.Data<MessagePages.Page<?>> everywhere(
      String userId, Query query, int limit, @Nullable String before) {
    List<Key> keys = memberships.of(userId).stream().map(Key::conversation).toList();
    List<Head> heads =
        documents.read(keys).values().stream()
            .filter(head ->
                head.state(ConversationDocument.class)
                    .filter(conversation -> conversation.participants().has(userId))
                    .isPresent())
            .toList();
    return page(heads, userId, query, limit, cursor(before, heads));
  }

  private Optional<Entry> cursor(@Nullable String before, List<Head> heads) {
    if (before == null) {
      return Optional.empty();
    }
    Entry found = entries.find(List.of(before)).get(before);
    if (found == null
        || !found.isMessage()
        || heads.stream().noneMatch(head -> head.key().equals(found.key()))) {
      throw Refusal.notFound("There is no such message here.");
    }
    return Optional.of(found);
  }

  private Answer.Data<MessagePages.Page<?>> page(
      List<Head> heads, String userId, Query query, int limit, Optional<Entry> cursor) {
    PriorityQueue<Backwards> open =
        new PriorityQueue<>(Comparator.comparing(Backwards::next, NEWEST));
    for (Head head : heads) {
      Backwards backwards = new Backwards(head, cursor);
      if (backwards.advance()) {
        open.add(backwards);
      }
    }
    List<Entry> found = new ArrayList<>();
    @Nullable Entry last = null;
    for (int read = 0; !open.isEmpty() && read < MOST_READ && found.size() < limit; read++) {
      Backwards newest = open.remove();
      last = newest.next();
      if (query.isIn(last)) {
        found.add(last);
      }
      if (newest.advance()) {
        open.add(newest);
      }
    }
    boolean hasMore = !open.isEmpty();
    return Answer.of(
        new MessagePages.Page<>(
            found.stream().map(message -> views.of(message, userId)).toList(),
            new MessagePages.Pagination(
                limit, hasMore, hasMore && last != null ? last.id() : null, null)));
  }

  /// One conversation's messages from the newest, or from a cursor, to the oldest.
  private final class Backwards {
    private final Head head;
    private final Optional<Entry> cursor;
    private List<Entry> block = List.of();
    private int at;
    private long left;
    private boolean begun;
    private Optional<Entry> next = Optional.empty();

    Backwards(Head head, Optional<Entry> cursor) {
      this.head = head;
      this.cursor = cursor;
      this.left =
          cursor
              .filter(entry -> entry.key().equals(head.key()))
              .map(entry -> entry.seq() - 1)
              .orElse(head.seq());
    }

    Entry next() {
      return next.orElseThrow();
    }

    /// Goes to the next older message; false when there is none.
    boolean advance() {
      do {
        if (at == 0 && !load()) {
          return false;
        }
        at--;
        next = Optional.of(block.get(at));
      } while (isBeforeCursor());
      begun = true;
      return true;
    }

    /// Whether an earlier page has shown this; in the cursor's own conversation its number says so.
    private boolean isBeforeCursor() {
      return !begun
          && cursor
              .filter(entry -> !entry.key().equals(head.key()))
              .filter(entry -> NEWEST.compare(next(), entry) < 0)
              .isPresent();
    }

    private boolean load() {
      if (left < 1) {
        return false;
      }
      long first = Math.max(1, left - BLOCK + 1);
      block = entries.messages(head, first, left);
      at = block.size();
      left = first - 1;
      return at > 0;
    }
  }
}

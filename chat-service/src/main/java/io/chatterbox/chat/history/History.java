package io.chatterbox.chat.history;

import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// The messages of a conversation or room, in pages. Numbers without holes make every page
/// computable.
@Singleton
public class History {
  private final Entries entries;

  History(Entries entries) {
    this.entries = entries;
  }

  /// Some messages in ascending order.
  ///
  /// @param hasMore whether there are more on the side that was read towards
  public record Page(List<Entry> messages, boolean hasMore) {
    public Page {
      messages = List.copyOf(messages);
    }
  }

  /// The newest messages; `hasMore` says whether there are older ones.
  public Page newest(Head head, int limit) {
    return upTo(head, head.seq(), limit);
  }

  /// The messages that follow a number; `hasMore` says whether there are newer ones.
  public Page after(Head head, long seq, int limit) {
    long last = seq >= head.seq() ? head.seq() : Math.min(head.seq(), seq + limit);
    return new Page(entries.messages(head, Math.min(seq, head.seq()) + 1, last), last < head.seq());
  }

  /// The messages before one of them.
  ///
  /// @throws Refusal `NOT_FOUND` when there is no such message here
  public Page before(Head head, String id, int limit) {
    return upTo(head, message(head, id).seq() - 1, limit);
  }

  /// The messages after one of them.
  ///
  /// @throws Refusal `NOT_FOUND` when there is no such message here
  public Page after(Head head, String id, int limit) {
    return after(head, message(head, id).seq(), limit);
  }

  /// The newest messages up to one of them, this included.
  public List<Entry> upTo(Entry last, int limit) {
    Head then = new Head(last.key(), last.rev(), last.seq(), Optional.empty());
    return upTo(then, last.seq(), limit).messages();
  }

  private Page upTo(Head head, long last, int limit) {
    long first = Math.max(1, last - limit + 1);
    return new Page(entries.messages(head, first, last), first > 1);
  }

  private Entry message(Head head, String id) {
    return Optional.ofNullable(entries.find(List.of(id)).get(id))
        .filter(entry -> entry.isMessage() && entry.key().equals(head.key()))
        .filter(entry -> entry.seq() <= head.seq())
        .orElseThrow(() -> Refusal.notFound("There is no such message here."));
  }
}

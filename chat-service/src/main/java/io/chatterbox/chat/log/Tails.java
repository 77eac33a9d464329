package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads on in the log behind what documents say: a document may be behind its key's log, because
/// it is written later or because its writer died before.
@Singleton
class Tails {
  /// Usually nothing is there, and if something is, then a little: each look is so many times wider
  /// than the one before.
  private static final int WIDER = 8;

  private static final int WIDEST = 512;

  private final Entries entries;
  // kinds of entries read documents, which read on in the log
  private final Provider<Kinds> kinds;

  Tails(Entries entries, Provider<Kinds> kinds) {
    this.entries = entries;
    this.kinds = kinds;
  }

  /// Brings these heads to the ends of their logs.
  ///
  /// @return the entries that were above them, those of a key in order
  List<Entry> follow(Map<Key, Head> heads) {
    List<Entry> found = new ArrayList<>();
    List<Key> open = List.copyOf(heads.keySet());
    for (int ahead = 1; !open.isEmpty(); ahead = Math.min(WIDEST, ahead * WIDER)) {
      open = advance(open, heads, found, ahead);
    }
    return found;
  }

  /// Which of these keys have an entry above the `rev` given.
  Set<Key> beyond(Map<Key, Long> revs) {
    List<String> next = new ArrayList<>();
    revs.forEach((key, rev) -> next.add(Entry.id(key, rev + 1)));
    Set<String> there = entries.existing(next);
    Set<Key> beyond = new HashSet<>();
    revs.forEach((key, rev) -> {
      if (there.contains(Entry.id(key, rev + 1))) {
        beyond.add(key);
      }
    });
    return beyond;
  }

  /// Reads the next entries of each of these keys; answers those that may have still more.
  private List<Key> advance(List<Key> keys, Map<Key, Head> heads, List<Entry> found, int ahead) {
    List<String> next = new ArrayList<>();
    for (Key key : keys) {
      long rev = Head.in(heads, key).rev();
      next.addAll(Entries.ids(key, rev + 1, rev + ahead));
    }
    Map<String, Entry> there = entries.find(next);
    List<Key> open = new ArrayList<>();
    for (Key key : keys) {
      Head head = Head.in(heads, key);
      int count = 0;
      Entry entry = there.get(Entry.id(key, head.rev() + 1));
      for (; entry != null; entry = there.get(Entry.id(key, head.rev() + 1))) {
        head = kinds.get().fold(head, entry);
        found.add(entry);
        count++;
      }
      heads.put(key, head);
      if (count == ahead) {
        open.add(key);
      }
    }
    return open;
  }
}

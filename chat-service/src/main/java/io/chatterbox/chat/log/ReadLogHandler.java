package io.chatterbox.chat.log;

import io.chatterbox.bus.Hints;
import io.chatterbox.bus.Publication;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.ReadLog;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `read-log`: fills the holes of a gateway that missed hints. The answer has no hole itself: it
/// ends where the next entry is missing, and what has left the log by age is an empty change.
@Singleton
class ReadLogHandler implements AskHandler<ReadLog> {
  private static final int MOST = 200;

  private final Entries entries;
  private final Documents documents;
  private final Kinds kinds;
  private final Hints hints;

  ReadLogHandler(Entries entries, Documents documents, Kinds kinds, Hints hints) {
    this.entries = entries;
    this.documents = documents;
    this.kinds = kinds;
    this.hints = hints;
  }

  @Override
  public Class<ReadLog> command() {
    return ReadLog.class;
  }

  @Override
  public Answer answer(ReadLog command, Caller caller) {
    Key key = key(command.key());
    // the document first: what it has applied is in the log, or has left it
    long applied = Head.in(documents.stored(List.of(key)), key).rev();
    long first = command.after() + 1;
    long last = command.after() + Math.clamp(command.limit(), 1, MOST);
    Map<String, Entry> found = entries.find(Entries.ids(key, first, last));
    List<Entry> dense = new ArrayList<>();
    long end = first;
    for (; end <= last; end++) {
      Entry entry = found.get(Entry.id(key, end));
      if (entry != null) {
        dense.add(entry);
      } else if (end > applied) {
        break;
      }
    }
    return new Answer(
        Math.max(applied, end - 1), RawJson.of(hints.write(told(dense, first, end)).getBytes()));
  }

  private List<Hint> told(List<Entry> dense, long first, long end) {
    Map<Long, Hint> byRev = new HashMap<>();
    List<Publication> publications = kinds.publications(dense);
    for (int i = 0; i < dense.size(); i++) {
      byRev.put(dense.get(i).rev(), publications.get(i).hint());
    }
    List<Hint> told = new ArrayList<>();
    for (long rev = first; rev < end; rev++) {
      Hint hint = byRev.get(rev);
      told.add(hint == null ? Hint.Change.silent(rev) : hint);
    }
    return told;
  }

  private static Key key(String text) {
    try {
      return Key.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("key names nothing that has a log.");
    }
  }
}

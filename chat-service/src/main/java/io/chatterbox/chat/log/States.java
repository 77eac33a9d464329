package io.chatterbox.chat.log;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.WriteModel;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/// What the log has come to: loads keys, and stores what follows from their entries.
@Singleton
class States {
  /// How many entries are read ahead when some are found above a document.
  private static final int TAIL = 200;

  private final MongoDatabase database;
  private final Documents documents;
  private final Kinds kinds;
  private final Entries entries;

  States(MongoDatabase database, Documents documents, Kinds kinds, Entries entries) {
    this.database = database;
    this.documents = documents;
    this.kinds = kinds;
    this.entries = entries;
  }

  /// What is known after loading.
  ///
  /// @param found entries that were in the log and not yet in the documents, in order
  record Loaded(Map<Key, Head> heads, List<Entry> found) {}

  /// Loads keys: their documents, then their logs from there on until an entry is missing. What is
  /// found is stored in the documents before anything else may be written. A key without document
  /// and log is not in the answer.
  Loaded load(Collection<Key> keys) {
    Map<Key, Head> before = new HashMap<>();
    for (Key key : keys) {
      if (key.text().length() < Entries.LONGEST_ID) {
        before.put(key, Head.none(key));
      }
    }
    before.putAll(documents.read(before.keySet()));
    Map<Key, Head> after = new HashMap<>(before);
    List<Entry> found = new ArrayList<>();
    List<Key> open = List.copyOf(after.keySet());
    for (int ahead = 1; !open.isEmpty(); ahead = TAIL) {
      open = advance(open, after, found, ahead);
    }
    apply(before, after, found);
    after.values().removeIf(head -> !head.exists());
    return new Loaded(after, found);
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
        head = kinds.fold(head, entry);
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

  private static List<WriteModel<Document>> amendments(List<Entry> entries) {
    List<WriteModel<Document>> amendments = new ArrayList<>();
    for (Entry entry : entries) {
      entry.amended().ifPresent(amended -> amendments.add(Entries.amendment(amended, entry.rev())));
    }
    return amendments;
  }

  /// Stores what follows from entries that are in the log: first what belongs to them elsewhere,
  /// then the documents, so that what is missing after a crash is done again.
  ///
  /// @param before the heads of these entries' keys as the documents have them
  /// @param after the same with the entries
  void apply(Map<Key, Head> before, Map<Key, Head> after, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Map<String, List<WriteModel<Document>>> alongside = new LinkedHashMap<>();
    for (Entry entry : entries) {
      for (SideWrite side : kinds.alongside(entry)) {
        alongside.computeIfAbsent(side.collection(), name -> new ArrayList<>()).add(side.write());
      }
    }
    alongside.forEach((name, writes) -> Upserts.write(database.getCollection(name), writes));
    this.entries.amend(amendments(entries));
    documents.write(before, after, entries.stream().map(Entry::key).distinct().toList());
    entries.forEach(kinds::applied);
  }
}

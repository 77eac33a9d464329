package io.chatterbox.chat.log;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.WriteModel;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/// What the log has come to: loads keys, and stores what follows from their entries.
@Singleton
class States {
  private final MongoDatabase database;
  private final Documents documents;
  private final Kinds kinds;
  private final Entries entries;
  private final Tails tails;
  private final Behind behind;

  States(
      MongoDatabase database,
      Documents documents,
      Kinds kinds,
      Entries entries,
      Tails tails,
      Behind behind) {
    this.database = database;
    this.documents = documents;
    this.kinds = kinds;
    this.entries = entries;
    this.tails = tails;
    this.behind = behind;
  }

  /// What is known after loading.
  ///
  /// @param left entries that somebody else has left in the log without storing what follows, so
  ///   perhaps without telling of them, in order
  record Loaded(Map<Key, Head> heads, List<Entry> left) {}

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
    before.putAll(documents.stored(before.keySet()));
    Map<Key, Head> after = new HashMap<>(before);
    List<Entry> found = tails.follow(after);
    Map<Key, Long> own = new HashMap<>();
    before.keySet().forEach(key -> own.put(key, behind.forget(key)));
    apply(before, after, found, keysOf(found));
    after.values().removeIf(head -> !head.exists());
    return new Loaded(
        after,
        found.stream().filter(entry -> entry.rev() > own.getOrDefault(entry.key(), 0L)).toList());
  }

  /// Stores what follows from entries that were just written: of messages not all at once, because
  /// who reads their keys reads them in the log.
  ///
  /// @param before the heads of these entries' keys without them
  /// @param after the same with the entries
  void follow(Map<Key, Head> before, Map<Key, Head> after, List<Entry> written, Instant now) {
    Set<Key> changed = keysOf(written.stream().filter(entry -> !entry.isMessage()).toList());
    Map<Key, Head> stored = new HashMap<>();
    for (Key key : keysOf(written)) {
      Head old = Head.in(before, key);
      if (changed.contains(key) || !behind.later(old, Head.in(after, key), now)) {
        stored.put(key, behind.catchUp(old));
      }
    }
    apply(stored, after, written, stored.keySet());
  }

  /// Stores what follows from entries that are in the log: first what belongs to them elsewhere,
  /// then the documents, so that what is missing after a crash is done again.
  ///
  /// @param before the heads of these keys as the documents have them
  /// @param after the same with the entries
  private void apply(
      Map<Key, Head> before, Map<Key, Head> after, List<Entry> entries, Set<Key> keys) {
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
    this.entries.amend(entries);
    documents.write(before, after, keys);
    entries.forEach(kinds::applied);
  }

  private static Set<Key> keysOf(List<Entry> entries) {
    return entries.stream().map(Entry::key).collect(Collectors.toCollection(LinkedHashSet::new));
  }
}

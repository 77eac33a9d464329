package io.chatterbox.chat.log;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.chatterbox.contract.Key;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// The keys' documents: what the log has come to, as far as it was applied.
@Singleton
public class States {
  /// How many entries are read ahead when some are found above a document.
  private static final int TAIL = 200;

  private final MongoDatabase database;
  private final Kinds kinds;
  private final Entries entries;
  private final Map<Key.Kind, KeyStore<?>> stores = new EnumMap<>(Key.Kind.class);

  States(MongoDatabase database, @All List<KeyStore<?>> stores, Kinds kinds, Entries entries) {
    this.database = database;
    this.kinds = kinds;
    this.entries = entries;
    for (KeyStore<?> store : stores) {
      this.stores.put(store.kind(), store);
    }
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
    before.putAll(stored(before.keySet()));
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
      long rev = head(heads, key).rev();
      next.addAll(Entries.ids(key, rev + 1, rev + ahead));
    }
    Map<String, Entry> there = entries.find(next);
    List<Key> open = new ArrayList<>();
    for (Key key : keys) {
      Head head = head(heads, key);
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

  /// The keys as their documents say, without a look at the log.
  public Map<Key, Head> stored(Collection<Key> keys) {
    Map<Key.Kind, List<String>> ids = new EnumMap<>(Key.Kind.class);
    for (Key key : keys) {
      ids.computeIfAbsent(key.kind(), kind -> new ArrayList<>()).add(key.id());
    }
    Map<Key, Head> heads = new HashMap<>();
    ids.forEach((kind, some) -> {
      KeyStore<?> store = stores.get(kind);
      if (store == null) {
        return;
      }
      for (List<String> part : Entries.parts(some)) {
        for (Document document : database.getCollection(store.collection()).find(in("_id", part))) {
          Head head = head(kind, store, document);
          heads.put(head.key(), head);
        }
      }
    });
    return heads;
  }

  /// One key as its document says.
  public Head stored(Key key) {
    return key.text().length() < Entries.LONGEST_ID
        ? head(stored(List.of(key)), key)
        : Head.none(key);
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
    Map<String, List<WriteModel<Document>>> documents = new LinkedHashMap<>();
    for (Entry entry : entries) {
      for (SideWrite side : kinds.alongside(entry)) {
        alongside.computeIfAbsent(side.collection(), name -> new ArrayList<>()).add(side.write());
      }
    }
    for (Key key : entries.stream().map(Entry::key).distinct().toList()) {
      KeyStore<?> store = stores.get(key.kind());
      if (store == null) {
        throw new IllegalStateException("there are no documents for keys like " + key.kind());
      }
      documents
          .computeIfAbsent(store.collection(), name -> new ArrayList<>())
          .add(update(store, head(before, key), head(after, key)));
    }
    alongside.forEach((name, writes) -> Upserts.write(database.getCollection(name), writes));
    documents.forEach((name, writes) -> Upserts.write(database.getCollection(name), writes));
    entries.forEach(kinds::applied);
  }

  private static <S extends KeyState> WriteModel<Document> update(
      KeyStore<S> store, Head before, Head after) {
    @SuppressWarnings("unchecked") // the states of a kind of key come from its own store and kinds
    Document fields = store.changes((Optional<S>) before.state(), (S) after.state().orElseThrow());
    fields.append("applied", after.rev()).append("seq", after.seq());
    return new UpdateOneModel<>(
        eq("_id", after.key().id()),
        new Document("$max", fields),
        new UpdateOptions().upsert(true));
  }

  private static <S extends KeyState> Head head(
      Key.Kind kind, KeyStore<S> store, Document document) {
    return new Head(
        new Key(kind, document.getString("_id")),
        document.getLong("applied"),
        document.getLong("seq"),
        Optional.of(store.read(document)));
  }

  private static Head head(Map<Key, Head> heads, Key key) {
    Head head = heads.get(key);
    return head == null ? Head.none(key) : head;
  }
}

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
import java.util.Set;
import org.bson.Document;

/// The documents of all keys: each key's state as far as its log was applied. They may be behind
/// their logs, so whoever reads a key here reads on in its log.
@Singleton
public class Documents {
  private final MongoDatabase database;
  private final Entries entries;
  private final Tails tails;
  private final Map<Key.Kind, KeyStore<?>> stores = new EnumMap<>(Key.Kind.class);

  Documents(MongoDatabase database, Entries entries, Tails tails, @All List<KeyStore<?>> stores) {
    this.database = database;
    this.entries = entries;
    this.tails = tails;
    for (KeyStore<?> store : stores) {
      this.stores.put(store.kind(), store);
    }
  }

  /// The keys as they are now; a key without document and log is not in the answer. Who reads their
  /// messages next finds them as these heads have them.
  public Map<Key, Head> read(Collection<Key> keys) {
    Map<Key, Head> heads = new HashMap<>();
    keys.forEach(key -> heads.put(key, Head.none(key)));
    heads.putAll(stored(keys));
    // their writer may not have come to that yet, or be dead
    entries.amend(tails.follow(heads));
    heads.values().removeIf(head -> !head.exists());
    return heads;
  }

  /// Those of these keys that have more entries than up to the `rev` given.
  public Set<Key> beyond(Map<Key, Long> revs) {
    return tails.beyond(revs);
  }

  /// The keys as their documents say, without a look at the log.
  Map<Key, Head> stored(Collection<Key> keys) {
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

  /// Documents that belong to no key.
  Map<Wants.Place, Document> others(Collection<Wants.Place> places) {
    Map<String, List<String>> ids = new LinkedHashMap<>();
    for (Wants.Place place : places) {
      ids.computeIfAbsent(place.collection(), name -> new ArrayList<>()).add(place.id());
    }
    Map<Wants.Place, Document> found = new HashMap<>();
    ids.forEach((name, some) -> {
      for (Document document : database.getCollection(name).find(in("_id", some))) {
        found.put(new Wants.Place(name, document.getString("_id")), document);
      }
    });
    return found;
  }

  /// One key as it is now.
  public Head read(Key key) {
    return key.text().length() < Entries.LONGEST_ID
        ? Head.in(read(List.of(key)), key)
        : Head.none(key);
  }

  /// Writes documents, each of them only as far as nobody has written a newer one.
  void write(Map<Key, Head> before, Map<Key, Head> after, Collection<Key> keys) {
    Map<String, List<WriteModel<Document>>> updates = new LinkedHashMap<>();
    for (Key key : keys) {
      KeyStore<?> store = stores.get(key.kind());
      if (store == null) {
        throw new IllegalStateException("there are no documents for keys like " + key.kind());
      }
      updates
          .computeIfAbsent(store.collection(), name -> new ArrayList<>())
          .add(update(store, Head.in(before, key), Head.in(after, key)));
    }
    updates.forEach((name, writes) -> Upserts.write(database.getCollection(name), writes));
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
}

package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// What the handlers of a batch wanted to know, as it is at a command's place in the order.
public final class Fetched {
  private final Map<String, Entry> entries;
  private final Map<Key, Head> heads;
  private final Map<Wants.Place, Document> documents;

  Fetched(Map<String, Entry> entries, Map<Key, Head> heads, Map<Wants.Place, Document> documents) {
    this.entries = entries;
    this.heads = heads;
    this.documents = documents;
  }

  static Fetched nothing() {
    return new Fetched(new HashMap<>(), Map.of(), Map.of());
  }

  /// From here on the entry is this one.
  void put(Entry entry) {
    entries.put(entry.id(), entry);
  }

  /// The entry of this id; empty when there is none, or it belongs to another key.
  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  public Head head(Key key) {
    return heads.getOrDefault(key, Head.none(key));
  }

  /// The document of this id in a collection beside the log.
  public Optional<Document> document(String collection, String id) {
    return Optional.ofNullable(documents.get(new Wants.Place(collection, id)));
  }
}

package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import java.util.LinkedHashSet;
import java.util.Set;

/// Collects what the handlers of a batch want to know beforehand.
public final class Wants {
  private final Set<String> entries = new LinkedHashSet<>();
  private final Set<Key> heads = new LinkedHashSet<>();
  private final Set<Place> documents = new LinkedHashSet<>();

  /// A document's place.
  record Place(String collection, String id) {}

  Wants() {}

  /// The entry of this id, if it is one of this key.
  public void entry(Key key, String id) {
    if (id.length() <= Entries.LONGEST_ID && id.startsWith(key.text() + ":")) {
      entries.add(id);
    }
  }

  /// Another key, as its document tells.
  public void head(Key key) {
    heads.add(key);
  }

  /// The document of this id in a collection beside the log.
  public void document(String collection, String id) {
    if (id.length() <= Entries.LONGEST_ID) {
      documents.add(new Place(collection, id));
    }
  }

  Set<String> entries() {
    return entries;
  }

  Set<Key> heads() {
    return heads;
  }

  Set<Place> documents() {
    return documents;
  }

  int count() {
    return entries.size() + heads.size() + documents.size();
  }
}

package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import java.util.Map;
import java.util.Optional;

/// What the handlers of a batch wanted to know, as it was when the batch began.
public final class Fetched {
  private final Map<String, Entry> entries;
  private final Map<Key, Head> heads;

  Fetched(Map<String, Entry> entries, Map<Key, Head> heads) {
    this.entries = entries;
    this.heads = heads;
  }

  /// The entry of this id; empty when there is none, or it belongs to another key.
  public Optional<Entry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  public Head head(Key key) {
    return heads.getOrDefault(key, Head.none(key));
  }
}

package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import java.util.Optional;
import org.bson.Document;

/// The documents of one kind of key.
///
/// The engine writes a document with `$max` only, never `$set`: numbers that only grow as they are,
/// everything else as a sub-document whose first field is the `rev` that made it, which is the
/// first thing MongoDB compares. So writes of several writers may come in any order, twice or late,
/// and the newest state remains. (A condition `applied < rev` in the filter would say the same, but
/// an embedded MongoDB reads the whole collection for every filter on more than `_id`.)
public interface KeyStore<S extends KeyState> {

  /// Whose documents these are; a document's `_id` is the key's id.
  Key.Kind kind();

  String collection();

  S read(Document document);

  /// What has changed, as fields for `$max`. The numbers `applied` and `seq` are the engine's.
  Document changes(Optional<S> before, S after);
}

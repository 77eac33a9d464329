package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import java.time.Instant;
import java.util.Optional;
import org.bson.Document;

/// One numbered change of a key.
///
/// @param rev 1, 2, 3 … among all changes of the key
/// @param seq 1, 2, 3 … among its messages; 0 for a change that is no message
/// @param sender id of who caused it
/// @param commandId with key and sender unique, so that a repeated command finds its first result
/// @param kind the name of its [EntryKind]
/// @param body what the kind keeps
public record Entry(
    Key key,
    long rev,
    long seq,
    String sender,
    String commandId,
    String kind,
    Instant at,
    Document body) {

  static final String AMENDED = "amended";
  static final String CHANGED = "changed";

  /// The primary key, which for a message is also the id that clients know.
  public String id() {
    return id(key, rev);
  }

  public static String id(Key key, long rev) {
    return key.text() + ":" + rev;
  }

  /// The id that the client gave the command, if it gave one.
  public Optional<String> clientMessageId() {
    return commandId.startsWith(Turn.BY_CLIENT)
        ? Optional.of(commandId.substring(Turn.BY_CLIENT.length()))
        : Optional.empty();
  }

  /// The earlier entry as this change has made it; empty for a change of no earlier entry.
  public Optional<Entry> amended() {
    return Optional.ofNullable(body.get(AMENDED, Document.class)).map(Entries::entry);
  }

  /// The same with another body.
  public Entry with(Document other) {
    return new Entry(key, rev, seq, sender, commandId, kind, at, other);
  }

  public boolean isMessage() {
    return seq > 0;
  }
}

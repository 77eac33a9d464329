package io.chatterbox.contract;

/// What a command is about. Commands with the same key are handled in order, numbered changes of
/// the same key share one `rev` counter, and both stay within one [Partition].
///
/// @param kind what `id` names
/// @param id any text; for `PARTITION` a number from 0 to 31
public record Key(Kind kind, String id) {

  /// What a key names.
  public enum Kind {
    CONVERSATION("conversation"),
    ROOM("room"),
    USER("user"),
    /// A whole partition, for commands about all of its keys.
    PARTITION("partition");

    private final String prefix;

    Kind(String prefix) {
      this.prefix = prefix;
    }
  }

  public static Key conversation(String id) {
    return new Key(Kind.CONVERSATION, id);
  }

  public static Key room(String name) {
    return new Key(Kind.ROOM, name);
  }

  public static Key user(String id) {
    return new Key(Kind.USER, id);
  }

  public static Key partition(int index) {
    return new Key(Kind.PARTITION, Integer.toString(index));
  }

  /// The form used on the wire and in stores: `conversation:<id>`.
  public String text() {
    return kind.prefix + ":" + id;
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Key parse(String text) {
    int colon = text.indexOf(':');
    for (Kind kind : Kind.values()) {
      if (colon == kind.prefix.length() && text.startsWith(kind.prefix)) {
        return new Key(kind, text.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException("not a key");
  }

  @Override
  public String toString() {
    return text();
  }
}

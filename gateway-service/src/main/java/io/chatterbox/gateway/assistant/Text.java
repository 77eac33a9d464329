package io.chatterbox.gateway.assistant;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// An answer up to one of its parts. Shares what came before with the texts of the earlier parts
/// and never changes, so that any thread may write it out, and only if somebody needs it whole.
///
/// @param before what came before the last part; absent at the beginning
/// @param part the last part
record Text(@Nullable Text before, String part) {
  static final Text NOTHING = new Text(null, "");

  Text and(String next) {
    return new Text(this, next);
  }

  /// All of it.
  String all() {
    Deque<String> parts = new ArrayDeque<>();
    for (Text text = this; text != null; text = text.before) {
      parts.push(text.part);
    }
    return String.join("", parts);
  }
}

package io.chatterbox.socketio;

import io.chatterbox.engineio.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads single fields of a checked JSON object without parsing the rest.
final class AuthFields {
  private AuthFields() {}

  /// The field's value if it is a string; the last one counts, as in JavaScript.
  static Optional<String> text(byte[] object, String field) {
    return find(object, field)
        .filter(at -> object[at.from] == '"')
        .map(at -> JsonText.decode(object, at.from, at.to));
  }

  /// The field's value if it is `true` or `false`.
  static Optional<Boolean> flag(byte[] object, String field) {
    return find(object, field)
        .map(at -> new String(object, at.from, at.to - at.from, StandardCharsets.UTF_8))
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(Boolean::valueOf);
  }

  private record Range(int from, int to) {}

  private static Optional<Range> find(byte[] object, String field) {
    Optional<Range> found = Optional.empty();
    JsonScanner scanner = new JsonScanner(object, object.length, -1);
    try {
      int at = scanner.skipSpace(scanner.skipSpace(0) + 1);
      while (at < object.length && object[at] == '"') {
        int keyEnd = scanner.string(at);
        int value = scanner.skipSpace(scanner.skipSpace(keyEnd) + 1);
        int valueEnd = scanner.value(value, 0);
        if (JsonText.decode(object, at, keyEnd).equals(field)) {
          found = Optional.of(new Range(value, valueEnd));
        }
        at = scanner.skipSpace(scanner.skipSpace(valueEnd) + 1);
      }
    } catch (ProtocolException e) {
      throw new IllegalStateException("auth that was checked is not JSON", e);
    }
    return found;
  }
}

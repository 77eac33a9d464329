package io.chatterbox.engineio;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Headers (or query parameters) of the request that opened a session, kept in one array because
/// there is one for each idle connection.
public final class Headers {
  private static final Headers EMPTY = new Headers(new byte[0]);

  /// name NUL value NUL …; HTTP forbids NUL in both.
  private final byte[] packed;

  private Headers(byte[] packed) {
    this.packed = packed;
  }

  public static Headers empty() {
    return EMPTY;
  }

  /// Keeps the entries in their order; a name may come more than once.
  public static Headers of(Iterable<Map.Entry<String, String>> entries) {
    StringBuilder text = new StringBuilder(256);
    for (Map.Entry<String, String> entry : entries) {
      append(text, entry.getKey());
      append(text, entry.getValue());
    }
    return text.isEmpty() ? EMPTY : new Headers(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.indexOf('\0') < 0 ? part : part.replace("\0", "")).append('\0');
  }

  /// The first value of that name, whatever its case.
  public Optional<String> first(String name) {
    List<Map.Entry<String, String>> all = entries();
    for (Map.Entry<String, String> entry : all) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /// All entries in their order, decoded anew at each call.
  public List<Map.Entry<String, String>> entries() {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    int at = 0;
    while (at < packed.length) {
      int nameEnd = end(at);
      int valueEnd = end(nameEnd + 1);
      entries.add(Map.entry(text(at, nameEnd), text(nameEnd + 1, valueEnd)));
      at = valueEnd + 1;
    }
    return entries;
  }

  private int end(int from) {
    int at = from;
    while (packed[at] != 0) {
      at++;
    }
    return at;
  }

  private String text(int from, int to) {
    return new String(packed, from, to - from, StandardCharsets.UTF_8);
  }
}

package io.chatterbox.socketio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Strings to and from JSON.
final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /// The string between the quotes at `from` and `to - 1` of checked JSON.
  static String decode(byte[] json, int from, int to) {
    for (int at = from + 1; at < to - 1; at++) {
      if (json[at] == '\\') {
        return unescape(new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8));
      }
    }
    return new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
  }

  private static String unescape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      switch (escaped) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(text, at, at + 4, 16));
          at += 4;
        }
        default -> out.append(escaped);
      }
    }
    return out.toString();
  }

  /// The text as a JSON string, quotes included.
  static byte[] encode(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(utf8.length + 2);
    out.write('"');
    for (byte b : utf8) {
      if (b == '"' || b == '\\') {
        out.write('\\');
        out.write(b);
      } else if (b >= 0 && b < 0x20) {
        out.writeBytes(new byte[] {'\\', 'u', '0', '0'});
        out.write(HEX.charAt(b >> 4));
        out.write(HEX.charAt(b & 15));
      } else {
        out.write(b);
      }
    }
    out.write('"');
    return out.toByteArray();
  }
}

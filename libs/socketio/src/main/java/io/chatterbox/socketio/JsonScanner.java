package io.chatterbox.socketio;

import io.chatterbox.engineio.ProtocolException;
import java.util.Arrays;

/// Checks JSON (RFC 8259) in raw UTF-8 bytes without building anything, and finds where values end.
/// Depth is bounded, so it can recurse.
final class JsonScanner {
  /// Deeper nesting is refused; what reads the body later commonly stops at 1,000 too.
  static final int MAX_DEPTH = 1000;

  private static final byte[] PLACEHOLDER = {
    '"', '_', 'p', 'l', 'a', 'c', 'e', 'h', 'o', 'l', 'd', 'e', 'r', '"'
  };
  private static final byte[] NUM = {'"', 'n', 'u', 'm', '"'};

  private final byte[] json;
  private final int end;
  private final int attachments;

  /// @param attachments how many there are for placeholders to name; negative if placeholders mean
  ///   nothing
  JsonScanner(byte[] json, int end, int attachments) {
    this.json = json;
    this.end = end;
    this.attachments = attachments;
  }

  /// The end of the one value that the bytes from `from` on must be.
  void document(int from) throws ProtocolException {
    int at = skipSpace(value(skipSpace(from), 0));
    if (at != end) {
      throw malformed();
    }
  }

  /// The end of the value that begins at `at`.
  int value(int at, int depth) throws ProtocolException {
    return switch (peek(at)) {
      case '"' -> string(at);
      case '{' -> object(at, depth + 1);
      case '[' -> array(at, depth + 1);
      case 't' -> literal(at, "true");
      case 'f' -> literal(at, "false");
      case 'n' -> literal(at, "null");
      default -> number(at);
    };
  }

  private int object(int start, int depth) throws ProtocolException {
    checkDepth(depth);
    boolean placeholder = false;
    int num = -1;
    int at = skipSpace(start + 1);
    if (peek(at) == '}') {
      return at + 1;
    }
    while (true) {
      int key = at;
      int keyEnd = string(at);
      at = skipSpace(keyEnd);
      if (peek(at) != ':') {
        throw malformed();
      }
      int value = skipSpace(at + 1);
      at = value(value, depth);
      if (attachments >= 0) {
        if (matches(PLACEHOLDER, key, keyEnd)) {
          placeholder = json[value] == 't';
        } else if (matches(NUM, key, keyEnd)) {
          num = smallInteger(value, at);
        }
      }
      at = skipSpace(at);
      byte next = peek(at);
      if (next == '}') {
        break;
      }
      if (next != ',') {
        throw malformed();
      }
      at = skipSpace(at + 1);
    }
    if (placeholder && (num < 0 || num >= attachments)) {
      throw new ProtocolException("placeholder without attachment");
    }
    return at + 1;
  }

  private int array(int start, int depth) throws ProtocolException {
    checkDepth(depth);
    int at = skipSpace(start + 1);
    if (peek(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = skipSpace(value(at, depth));
      byte next = peek(at);
      if (next == ']') {
        return at + 1;
      }
      if (next != ',') {
        throw malformed();
      }
      at = skipSpace(at + 1);
    }
  }

  /// The end of a string.
  int string(int start) throws ProtocolException {
    if (peek(start) != '"') {
      throw malformed();
    }
    int at = start + 1;
    while (at < end) {
      byte b = json[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\\') {
        at = escape(at + 1);
      } else if (b >= 0 && b < 0x20) {
        throw malformed();
      } else {
        at++;
      }
    }
    throw malformed();
  }

  private int escape(int at) throws ProtocolException {
    return switch (peek(at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> {
        for (int i = 1; i <= 4; i++) {
          if (Character.digit(peek(at + i), 16) < 0) {
            throw malformed();
          }
        }
        yield at + 5;
      }
      default -> throw malformed();
    };
  }

  private int number(int start) throws ProtocolException {
    int at = start;
    if (peek(at) == '-') {
      at++;
    }
    at = peek(at) == '0' ? at + 1 : digits(at);
    if (at < end && json[at] == '.') {
      at = digits(at + 1);
    }
    if (at < end && (json[at] == 'e' || json[at] == 'E')) {
      at++;
      if (peek(at) == '+' || peek(at) == '-') {
        at++;
      }
      at = digits(at);
    }
    return at;
  }

  private int digits(int start) throws ProtocolException {
    int at = start;
    while (at < end && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw malformed();
    }
    return at;
  }

  private int literal(int at, String word) throws ProtocolException {
    for (int i = 0; i < word.length(); i++) {
      if (peek(at + i) != word.charAt(i)) {
        throw malformed();
      }
    }
    return at + word.length();
  }

  int skipSpace(int from) {
    int at = from;
    while (at < end && isSpace(json[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private byte peek(int at) throws ProtocolException {
    if (at >= end) {
      throw malformed();
    }
    return json[at];
  }

  /// Whether this string means the word, also in escaped letters: whoever decodes it sees no
  /// difference.
  private boolean matches(byte[] word, int from, int to) {
    if (to - from == word.length) {
      return Arrays.equals(word, 0, word.length, json, from, to);
    }
    int at = from;
    for (byte letter : word) {
      if (at < to && json[at] == '\\' && json[at + 1] == 'u') {
        if (codeUnit(at + 2) != letter) {
          return false;
        }
        at += 6;
      } else if (at >= to || json[at++] != letter) {
        return false;
      }
    }
    return at == to;
  }

  /// Of four hexadecimal digits, which were found to be there.
  private int codeUnit(int from) {
    int unit = 0;
    for (int at = from; at < from + 4; at++) {
      unit = unit * 16 + Character.digit(json[at], 16);
    }
    return unit;
  }

  /// The integer between, -1 if it is none or a large one.
  private int smallInteger(int from, int to) {
    if (to - from > 3) {
      return -1;
    }
    int number = 0;
    for (int at = from; at < to; at++) {
      if (json[at] < '0' || json[at] > '9') {
        return -1;
      }
      number = number * 10 + json[at] - '0';
    }
    return number;
  }

  private static void checkDepth(int depth) throws ProtocolException {
    if (depth > MAX_DEPTH) {
      throw new ProtocolException("JSON nested too deep");
    }
  }

  private static ProtocolException malformed() {
    return new ProtocolException("malformed JSON");
  }
}

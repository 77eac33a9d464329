package io.chatterbox.engineio;

import java.util.Arrays;
import java.util.Base64;

/// Binary messages as base64 text (revision 4: `b<base64>`, revision 3: `b4<base64>`).
public final class Base64Packet {
  private Base64Packet() {}

  /// Takes line breaks too, which the Java client puts in.
  static byte[] decode(byte[] bytes, int from, int to) throws ProtocolException {
    byte[] digits = new byte[to - from];
    int length = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] != '\n' && bytes[at] != '\r') {
        digits[length++] = bytes[at];
      }
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOf(digits, length));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("malformed base64");
    }
  }

  public static byte[] encode(byte[] data) {
    return Base64.getEncoder().encode(data);
  }
}

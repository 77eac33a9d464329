package io.chatterbox.engineio;

import java.util.Arrays;
import java.util.Base64;

/// Binary messages as base64 text (revision 4: `b<base64>`, revision 3: `b4<base64>`).
final class Base64Packet {
  private Base64Packet() {}

  static byte[] decode(byte[] bytes, int from, int to) throws ProtocolException {
    try {
      return Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, to));
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("malformed base64");
    }
  }

  static byte[] encode(byte[] data) {
    return Base64.getEncoder().encode(data);
  }
}

package io.chatterbox.engineio;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Payloads of HTTP long-polling in revision 3 ("Encoding / Payload"): `<length>:<packet>` with
/// lengths in UTF-16 code units, or, where binary is involved and the client can take it,
/// `<0|1><digits as bytes><255><packet>` with lengths in bytes.
final class PayloadV3 implements PayloadCodec {
  /// Digits of a length; a POST body of more than 999,999,999 bytes is refused long before.
  private static final int MAX_DIGITS = 9;

  private static final int END_OF_LENGTH = 255;

  private final boolean base64;

  PayloadV3(boolean base64) {
    this.base64 = base64;
  }

  @Override
  public void decode(byte[] body, boolean binary, PacketSink sink) throws ProtocolException {
    if (body.length == 0) {
      throw new ProtocolException("empty payload");
    }
    if (binary) {
      decodeBinary(body, sink);
    } else {
      if (!Utf8.isValid(body, 0, body.length)) {
        throw new ProtocolException("payload is not UTF-8 text");
      }
      decodeText(body, sink);
    }
  }

  private static void decodeText(byte[] body, PacketSink sink) throws ProtocolException {
    int at = 0;
    while (at < body.length) {
      int units = 0;
      int digits = 0;
      while (at < body.length && body[at] != ':') {
        units = units * 10 + digit(body[at++] - '0', ++digits);
      }
      if (digits == 0 || at == body.length) {
        throw new ProtocolException("malformed length");
      }
      int from = ++at;
      at = skipUnits(body, from, units);
      if (at > from) {
        textPacket(body, from, at, sink);
      }
    }
  }

  private static int digit(int digit, int count) throws ProtocolException {
    if (digit < 0 || digit > 9 || count > MAX_DIGITS) {
      throw new ProtocolException("malformed length");
    }
    return digit;
  }

  /// The end of so many UTF-16 code units: a character of four bytes counts as two.
  private static int skipUnits(byte[] body, int from, int units) throws ProtocolException {
    int at = from;
    int left = units;
    while (left > 0 && at < body.length) {
      int first = body[at] & 0xFF;
      int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      left -= length == 4 ? 2 : 1;
      at += length;
    }
    if (left != 0) {
      throw new ProtocolException("length does not fit the payload");
    }
    return at;
  }

  private static void textPacket(byte[] body, int from, int to, PacketSink sink)
      throws ProtocolException {
    if (body[from] == 'b') {
      if (to - from < 2 || body[from + 1] != '4') {
        throw new ProtocolException("binary packet is not a message");
      }
      sink.binary(Base64Packet.decode(body, from + 2, to));
    } else {
      sink.text(body, from, to);
    }
  }

  private static void decodeBinary(byte[] body, PacketSink sink) throws ProtocolException {
    int at = 0;
    while (at < body.length) {
      int kind = body[at++];
      int length = 0;
      int digits = 0;
      while (at < body.length && (body[at] & 0xFF) != END_OF_LENGTH) {
        length = length * 10 + digit(body[at++], ++digits);
      }
      if (digits == 0 || at == body.length || length > body.length - at - 1 || length == 0) {
        throw new ProtocolException("malformed length");
      }
      int from = at + 1;
      at = from + length;
      if (kind == 0) {
        if (!Utf8.isValid(body, from, at)) {
          throw new ProtocolException("packet is not UTF-8 text");
        }
        textPacket(body, from, at, sink);
      } else if (kind == 1 && body[from] == 4) {
        sink.binary(Arrays.copyOfRange(body, from + 1, at));
      } else {
        throw new ProtocolException("binary packet is not a message");
      }
    }
  }

  @Override
  public Payload encode(List<Frame> frames) {
    boolean binary = false;
    for (Frame frame : frames) {
      binary |= !base64 && !frame.attachments().isEmpty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Frame frame : frames) {
      if (frame.text().length > 0) {
        if (binary) {
          binaryLength(out, 0, frame.text().length);
        } else {
          textLength(out, units(frame.text()));
        }
        out.writeBytes(frame.text());
      }
      for (byte[] attachment : frame.attachments()) {
        attachment(out, binary, attachment);
      }
    }
    return new Payload(out.toByteArray(), binary);
  }

  private static void attachment(ByteArrayOutputStream out, boolean binary, byte[] attachment) {
    if (binary) {
      binaryLength(out, 1, attachment.length + 1);
      out.write(4);
      out.writeBytes(attachment);
    } else {
      byte[] encoded = Base64Packet.encode(attachment);
      textLength(out, encoded.length + 2);
      out.write('b');
      out.write('4');
      out.writeBytes(encoded);
    }
  }

  private static int units(byte[] text) {
    int units = 0;
    for (byte b : text) {
      // one for each byte that begins a character, one more where four bytes begin
      units += (b & 0xC0) == 0x80 ? 0 : (b & 0xFF) >= 0xF0 ? 2 : 1;
    }
    return units;
  }

  private static void textLength(ByteArrayOutputStream out, int length) {
    out.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    out.write(':');
  }

  private static void binaryLength(ByteArrayOutputStream out, int kind, int length) {
    out.write(kind);
    for (byte digit : Integer.toString(length).getBytes(StandardCharsets.US_ASCII)) {
      out.write(digit - '0');
    }
    out.write(END_OF_LENGTH);
  }
}

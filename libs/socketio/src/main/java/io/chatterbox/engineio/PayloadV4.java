package io.chatterbox.engineio;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Payloads of HTTP long-polling in revision 4 ("Packet encoding / HTTP long-polling"): packets
/// joined by U+001E, binary ones as `b` and base64.
final class PayloadV4 implements PayloadCodec {
  private static final byte SEPARATOR = 0x1e;

  @Override
  public void decode(byte[] body, boolean binary, PacketSink sink) throws ProtocolException {
    if (binary) {
      throw new ProtocolException("binary payload");
    }
    if (body.length == 0 || !Utf8.isValid(body, 0, body.length)) {
      throw new ProtocolException("payload is not UTF-8 text");
    }
    int from = 0;
    while (from <= body.length) {
      int to = from;
      while (to < body.length && body[to] != SEPARATOR) {
        to++;
      }
      packet(body, from, to, sink);
      from = to + 1;
    }
  }

  private static void packet(byte[] body, int from, int to, PacketSink sink)
      throws ProtocolException {
    if (from == to) {
      throw new ProtocolException("empty packet");
    }
    if (body[from] == 'b') {
      sink.binary(Base64Packet.decode(body, from + 1, to));
    } else {
      sink.text(body, from, to);
    }
  }

  @Override
  public Payload encode(List<Frame> frames) {
    if (frames.size() == 1 && frames.getFirst().attachments().isEmpty()) {
      return new Payload(frames.getFirst().text(), false);
    }
    int size = 0;
    for (Frame frame : frames) {
      size += frame.bytes() + frame.bytes() / 2 + 4;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(size);
    for (Frame frame : frames) {
      if (frame.text().length > 0) {
        separate(out);
        out.writeBytes(frame.text());
      }
      for (byte[] attachment : frame.attachments()) {
        separate(out);
        out.write('b');
        out.writeBytes(Base64Packet.encode(attachment));
      }
    }
    return new Payload(out.toByteArray(), false);
  }

  private static void separate(ByteArrayOutputStream out) {
    if (out.size() > 0) {
      out.write(SEPARATOR);
    }
  }
}

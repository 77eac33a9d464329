package io.chatterbox.engineio;

/// What a session's packets ask for, by their types ("Packet types").
final class Inbound {
  /// The type of a message in a binary packet of revision 3.
  private static final int TYPED_MESSAGE = 4;

  private final Session session;
  private final Heartbeat heartbeat;
  private final SessionHandler handler;

  Inbound(Session session, Heartbeat heartbeat, SessionHandler handler) {
    this.session = session;
    this.heartbeat = heartbeat;
    this.handler = handler;
  }

  /// A text packet: its type at `start`, its data up to `end`.
  void text(byte[] bytes, int start, int end) throws ProtocolException {
    heartbeat.heard();
    switch (bytes[start]) {
      case '4' -> handler.onText(bytes, start + 1, end);
      case '3' -> heartbeat.pong();
      case '2' -> heartbeat.ping();
      case '1' -> session.close(CloseReason.TRANSPORT_CLOSE);
      case 'b' -> base64(bytes, start, end);
      case '0', '5', '6' -> {
        // open, upgrade and noop mean nothing here; the reference implementation ignores them too
      }
      default -> throw new ProtocolException("unknown packet type");
    }
  }

  private void base64(byte[] bytes, int start, int end) throws ProtocolException {
    if (session.revision() == 4) {
      handler.onBinary(Base64Packet.decode(bytes, start + 1, end));
    } else if (end - start > 1 && bytes[start + 1] == '4') {
      handler.onBinary(Base64Packet.decode(bytes, start + 2, end));
    } else {
      throw new ProtocolException("binary packet is not a message");
    }
  }

  /// The data of a binary message.
  void binary(byte[] bytes) throws ProtocolException {
    heartbeat.heard();
    handler.onBinary(bytes);
  }

  /// The data of a binary WebSocket message; in revision 3 a type comes before it.
  byte[] untyped(byte[] message) throws ProtocolException {
    if (session.revision() == 4) {
      return message;
    }
    if (message.length == 0 || message[0] != TYPED_MESSAGE) {
      throw new ProtocolException("binary packet is not a message");
    }
    byte[] data = new byte[message.length - 1];
    System.arraycopy(message, 1, data, 0, data.length);
    return data;
  }
}

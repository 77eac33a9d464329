package io.chatterbox.engineio;

/// Takes the packets of a decoded payload, one by one.
public interface PacketSink {
  /// A text packet: its type character at `from`, its data up to `to`, valid UTF-8.
  void text(byte[] bytes, int from, int to) throws ProtocolException;

  /// The data of a binary message.
  void binary(byte[] bytes) throws ProtocolException;
}

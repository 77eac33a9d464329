package io.chatterbox.socketio;

import java.util.List;

/// A decoded packet from a client.
sealed interface Packet {
  String namespace();

  /// @param auth raw JSON object, `{}` if the packet had no payload
  @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
  record Connect(String namespace, byte[] auth) implements Packet {}

  record Disconnect(String namespace) implements Packet {}

  /// @param id the digits of the acknowledgement id, empty if none is wanted
  @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
  record Call(String namespace, byte[] id, String name, Arguments arguments) implements Packet {
    Call with(List<byte[]> attachments) {
      return new Call(namespace, id, name, arguments.with(attachments));
    }
  }

  record Answer(String namespace, long id, Arguments arguments) implements Packet {
    Answer with(List<byte[]> attachments) {
      return new Answer(namespace, id, arguments.with(attachments));
    }
  }
}

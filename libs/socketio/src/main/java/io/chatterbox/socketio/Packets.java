package io.chatterbox.socketio;

import io.chatterbox.engineio.Frame;

/// Encoder of Socket.IO packets (protocol v5, "Packet encoding") into frames that can go to many
/// sockets.
public final class Packets {
  private Packets() {}

  /// An EVENT (BINARY_EVENT if there are attachments) of that namespace without acknowledgement.
  ///
  /// @param namespace `/` or `/name`
  /// @param name of the event
  /// @param arguments what follows the name
  public static Frame event(String namespace, String name, Arguments arguments) {
    throw new UnsupportedOperationException("skeleton");
  }
}

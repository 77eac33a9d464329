package io.chatterbox.socketio;

import java.util.function.Consumer;

/// A WebSocket that somebody else reads and writes. Called on its session's loop only.
public interface PlainWire {

  /// Writes a text message.
  ///
  /// @param written told once, on the loop: whether it has left
  void text(String message, Consumer<Boolean> written);

  /// Writes a ping.
  void ping(byte[] payload);

  /// Writes a close frame behind everything that was written.
  void close(int code, String reason);

  /// Stops and starts reading the peer.
  void reading(boolean on);

  /// Ends the connection beneath, whatever is on its way.
  void cut();
}

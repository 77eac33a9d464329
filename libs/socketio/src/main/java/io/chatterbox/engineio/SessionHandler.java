package io.chatterbox.engineio;

/// What a session's messages are for; called on its loop.
public interface SessionHandler {

  /// The handshake is done.
  void onOpen();

  /// A text message: `bytes` from `from` up to `to`, valid UTF-8, may be kept.
  void onText(byte[] bytes, int from, int to) throws ProtocolException;

  /// A binary message, may be kept.
  void onBinary(byte[] bytes) throws ProtocolException;

  /// The outbound queue is empty again after it had to wait.
  void onDrain();

  /// The end, once.
  void onClose(CloseReason reason);
}

package io.chatterbox.socketio;

/// How an emit with acknowledgement ended.
public sealed interface AckResult {
  /// The client answered.
  record Answered(Arguments arguments) implements AckResult {}

  /// No answer in time.
  record TimedOut() implements AckResult {}

  /// The socket ended before an answer came.
  record Disconnected() implements AckResult {}
}

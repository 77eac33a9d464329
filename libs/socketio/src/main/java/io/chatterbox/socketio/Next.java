package io.chatterbox.socketio;

/// The continuation of a middleware. The first call counts, from any thread, at once or later.
///
/// @param <R> how a refusal is told
public interface Next<R> {
  /// Goes on.
  void proceed();

  /// Ends here.
  void refuse(R refusal);
}

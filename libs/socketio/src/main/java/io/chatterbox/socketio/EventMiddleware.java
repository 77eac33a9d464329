package io.chatterbox.socketio;

/// Sees every event of one socket before its handlers. While it has not answered, later events of
/// the socket wait in order, and when too many bytes wait the connection is not read. Called on the
/// socket's loop.
@FunctionalInterface
public interface EventMiddleware {
  /// Must call `next` once; a refused event is dropped, and told to [Socket#onError].
  void handle(Event event, Next<String> next);
}

package io.chatterbox.socketio;

/// Decides whether a socket may join a namespace, before the connection handler sees it. Called on
/// the socket's loop.
@FunctionalInterface
public interface ConnectMiddleware {
  /// Must call `next` once; the socket is not connected yet, so emits are not allowed but `data`
  /// and `join` are.
  void handle(Socket socket, Next<ConnectRefused> next);
}

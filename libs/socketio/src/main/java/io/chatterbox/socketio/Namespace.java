package io.chatterbox.socketio;

import java.util.Optional;
import java.util.function.Consumer;

/// A namespace that clients can join. Handlers and middlewares are registered before the first
/// client comes; all else from any thread.
public final class Namespace {
  Namespace() {}

  /// `/` or `/name`.
  public String name() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Adds a middleware; they run in the order of registration.
  public Namespace use(ConnectMiddleware middleware) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Called on the socket's loop right after its CONNECT was answered (and, if recovered, after
  /// what it missed).
  public Namespace onConnection(Consumer<Socket> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  public Broadcast to(String... rooms) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// To everyone in the namespace.
  public Broadcast broadcast() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// The connected socket of that id, for calls from any thread.
  public Optional<Socket> socket(String id) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// How many sockets are connected, over all loops.
  public int size() {
    throw new UnsupportedOperationException("skeleton");
  }
}

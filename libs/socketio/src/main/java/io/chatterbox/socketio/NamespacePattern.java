package io.chatterbox.socketio;

import java.util.function.Consumer;

/// Namespaces that come to be when a client asks for a matching name, and go when their last socket
/// has. They share these middlewares and handlers.
public final class NamespacePattern {
  NamespacePattern() {}

  public NamespacePattern use(ConnectMiddleware middleware) {
    throw new UnsupportedOperationException("skeleton");
  }

  public NamespacePattern onConnection(Consumer<Socket> handler) {
    throw new UnsupportedOperationException("skeleton");
  }
}

package io.chatterbox.socketio;

import java.util.function.Consumer;
import java.util.function.Predicate;

/// Namespaces that come to be when a client asks for a matching name, and go when their last socket
/// has. They share these middlewares and handlers.
public final class NamespacePattern {
  private final Predicate<String> names;
  private final Namespace.Setup setup = new Namespace.Setup();

  NamespacePattern(Predicate<String> names) {
    this.names = names;
  }

  public NamespacePattern use(ConnectMiddleware middleware) {
    setup.use(middleware);
    return this;
  }

  public NamespacePattern onConnection(Consumer<Socket> handler) {
    setup.onConnection(handler);
    return this;
  }

  boolean matches(String name) {
    return names.test(name);
  }

  Namespace.Setup setup() {
    return setup;
  }
}

package io.chatterbox.socketio;

import io.chatterbox.engineio.Loop;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// A namespace that clients can join. Handlers and middlewares are registered before the first
/// client comes; all else from any thread.
public final class Namespace {
  private final String name;
  private final Optional<Relay> relay;
  private final Setup setup;
  private final Map<String, Socket> byId = new ConcurrentHashMap<>();
  private final LongAdder deliveries = new LongAdder();
  private volatile LocalMembers[] locals = new LocalMembers[0];

  Namespace(String name, Setup setup, Optional<Relay> relay) {
    this.name = name;
    this.setup = setup;
    this.relay = relay;
  }

  /// `/` or `/name`.
  public String name() {
    return name;
  }

  /// Adds a middleware; they run in the order of registration.
  public Namespace use(ConnectMiddleware middleware) {
    setup.middlewares.add(middleware);
    return this;
  }

  /// Called on the socket's loop right after its CONNECT was answered (and, if recovered, after
  /// what it missed).
  public Namespace onConnection(Consumer<Socket> handler) {
    setup.handlers.add(handler);
    return this;
  }

  public Broadcast to(String... rooms) {
    return broadcast().to(rooms);
  }

  /// To everyone in the namespace.
  public Broadcast broadcast() {
    return new Broadcast(this, Set.of(), Set.of(), false);
  }

  /// The connected socket of that id, for calls from any thread.
  public Optional<Socket> socket(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// How many sockets are connected, over all loops.
  public int size() {
    return byId.size();
  }

  /// How many sockets broadcasts were given to until now, counted once for each socket and
  /// broadcast.
  public long deliveries() {
    return deliveries.sum();
  }

  void delivered(int sockets) {
    deliveries.add(sockets);
  }

  Setup setup() {
    return setup;
  }

  Optional<Relay> relay() {
    return relay;
  }

  LocalMembers[] locals() {
    return locals;
  }

  /// False if the id is taken.
  boolean register(Socket socket) {
    return byId.putIfAbsent(socket.id(), socket) == null;
  }

  void unregister(Socket socket) {
    byId.remove(socket.id(), socket);
  }

  /// The members on that loop.
  @SuppressWarnings("ReferenceEquality") // which one it is, not what it is like
  LocalMembers on(Loop loop) {
    for (LocalMembers local : locals) {
      if (local.loop() == loop) {
        return local;
      }
    }
    return firstOn(loop);
  }

  private synchronized LocalMembers firstOn(Loop loop) {
    LocalMembers added = new LocalMembers(loop, byId);
    LocalMembers[] more = Arrays.copyOf(locals, locals.length + 1);
    more[more.length - 1] = added;
    locals = more;
    return added;
  }

  /// What is done with sockets that come; shared by the namespaces of one pattern.
  static final class Setup {
    private final List<ConnectMiddleware> middlewares = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> handlers = new CopyOnWriteArrayList<>();

    void use(ConnectMiddleware middleware) {
      middlewares.add(middleware);
    }

    void onConnection(Consumer<Socket> handler) {
      handlers.add(handler);
    }

    List<ConnectMiddleware> middlewares() {
      return middlewares;
    }

    List<Consumer<Socket>> handlers() {
      return handlers;
    }
  }
}

package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.SessionHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The protocol's side of a server: namespaces, and what becomes of sessions. Transports are
/// somebody else's.
public final class SocketIo {
  private final SocketIoOptions options;
  private final Supplier<String> ids = new RandomIds();
  private final Map<String, Entry> namespaces = new ConcurrentHashMap<>();
  private final List<NamespacePattern> patterns = new CopyOnWriteArrayList<>();
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

  public SocketIo(SocketIoOptions options) {
    this.options = options;
  }

  public SocketIoOptions options() {
    return options;
  }

  /// The namespace of that name, made if it does not exist: as its pattern says, if there is one
  /// for it.
  public Namespace of(String name) {
    String full = name.startsWith("/") ? name : "/" + name;
    if (full.indexOf(',') >= 0) {
      throw new IllegalArgumentException("a namespace must not contain a comma");
    }
    return namespaces.computeIfAbsent(
            full,
            n -> {
              Entry byPattern = dynamic(n);
              return byPattern != null ? byPattern : Entry.fixed(n, options);
            })
        .namespace;
  }

  /// Namespaces by pattern; asked in the order of registration, after the fixed names.
  public NamespacePattern of(Predicate<String> names) {
    NamespacePattern pattern = new NamespacePattern(names);
    patterns.add(pattern);
    return pattern;
  }

  /// What a new session's messages are for.
  public SessionHandler accept(Session session) {
    return new Connection(this, session);
  }

  /// What a session's messages are for if it speaks [Plain]; its peer need not ask for `/`.
  ///
  /// @param auth what a CONNECT packet would have brought, a raw JSON object
  public SessionHandler acceptPlain(Session session, byte[] auth) {
    return new PlainConnection(new Connection(this, session), auth);
  }

  /// The open sessions, as they are now.
  public List<Session> sessions() {
    return List.copyOf(sessions);
  }

  /// How many sessions are open.
  public int size() {
    return sessions.size();
  }

  void opened(Session session) {
    sessions.add(session);
  }

  void closed(Session session) {
    sessions.remove(session);
  }

  String newId() {
    return ids.get();
  }

  /// The namespace that a client may try to join, empty if there is none. Each success is followed
  /// by one [#ended].
  Optional<Namespace> enter(String name) {
    Entry entry =
        namespaces.compute(
            name,
            (n, known) -> {
              Entry found = known == null ? dynamic(n) : known;
              if (found != null) {
                found.users++;
              }
              return found;
            });
    return Optional.ofNullable(entry).map(e -> e.namespace);
  }

  private @Nullable Entry dynamic(String name) {
    for (NamespacePattern pattern : patterns) {
      if (pattern.matches(name)) {
        return new Entry(new Namespace(name, pattern.setup(), options.relay()), true);
      }
    }
    return null;
  }

  /// A socket has left; a namespace by pattern goes with its last.
  void ended(Socket socket, CloseReason reason) {
    Namespace namespace = socket.namespace();
    socket.ended(reason, options.recovery());
    namespace.unregister(socket);
    namespaces.computeIfPresent(
        namespace.name(), (n, entry) -> --entry.users == 0 && entry.dynamic ? null : entry);
  }

  private static final class Entry {
    private final Namespace namespace;
    private final boolean dynamic;

    /// Sockets that are in or on their way in; guarded by the map's lock on the entry.
    private int users;

    Entry(Namespace namespace, boolean dynamic) {
      this.namespace = namespace;
      this.dynamic = dynamic;
    }

    static Entry fixed(String name, SocketIoOptions options) {
      return new Entry(new Namespace(name, new Namespace.Setup(), options.relay()), false);
    }
  }
}

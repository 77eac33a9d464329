package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One client's way into one namespace ("Connection to a namespace"): recovery, middlewares,
/// CONNECT or CONNECT_ERROR.
final class Joining {
  private final SocketIo server;
  private final Connection connection;

  Joining(SocketIo server, Connection connection) {
    this.server = server;
    this.connection = connection;
  }

  void begin(Packet.Connect connect) {
    OldNamespace old = connection.isOld() ? OldNamespace.of(connect.namespace()) : null;
    String name = old == null ? connect.namespace() : old.name();
    byte[] auth = old == null ? connect.auth() : old.auth();
    Optional<Namespace> namespace = server.enter(name);
    if (namespace.isEmpty()) {
      answer(
          Packets.refused(name, ConnectRefused.because("Invalid namespace"), connection.isOld()));
      return;
    }
    Handshake handshake =
        new Handshake(connection.session().request(), auth, connection.loop().epochMillis());
    recover(namespace.get(), handshake);
  }

  private void recover(Namespace namespace, Handshake handshake) {
    Recovery recovery = server.options().recovery().orElse(null);
    Optional<String> pid = AuthFields.text(handshake.auth(), "pid");
    Optional<String> offset = AuthFields.text(handshake.auth(), "offset");
    if (recovery == null || !connection.canRecover(handshake)) {
      connection.session().refuseTrailers();
      fresh(namespace, handshake, Optional.empty());
    } else if (pid.isEmpty() || offset.isEmpty()) {
      fresh(namespace, handshake, Optional.of(recovery.newPid()));
    } else {
      // holds the namespace's place on this connection until the answer comes
      Socket place = new Socket(connection, namespace, server.newId(), handshake);
      connection.add(place);
      AtomicBoolean answered = new AtomicBoolean();
      Consumer<Optional<Recovery.Restored>> answer =
          restored -> {
            if (answered.compareAndSet(false, true)) {
              connection.loop().run(() -> recovered(place, restored, recovery));
            }
          };
      try {
        recovery.restore(namespace.name(), handshake, pid.get(), offset.get(), answer);
      } catch (RuntimeException e) {
        connection.loop().failed(e);
        answer.accept(Optional.empty());
      }
    }
  }

  private void recovered(Socket place, Optional<Recovery.Restored> found, Recovery recovery) {
    if (connection.session().isClosed() || !place.isJoining()) {
      return;
    }
    if (found.isEmpty()) {
      middleware(place, 0, Optional.of(recovery.newPid()), List.of());
      return;
    }
    Recovery.Restored restored = found.get();
    Socket socket = new Socket(connection, place.namespace(), restored.id(), place.handshake());
    connection.replace(place, socket);
    socket.recovered(restored);
    int first = restored.skipMiddlewares() ? Integer.MAX_VALUE : 0;
    middleware(socket, first, Optional.of(restored.pid()), restored.missed());
  }

  private void fresh(Namespace namespace, Handshake handshake, Optional<String> pid) {
    Socket socket = new Socket(connection, namespace, newId(namespace), handshake);
    connection.add(socket);
    middleware(socket, 0, pid, List.of());
  }

  /// Clients of the old revision compute their id from the session's.
  private String newId(Namespace namespace) {
    if (!connection.isOld()) {
      return server.newId();
    }
    String session = connection.session().id();
    return namespace.name().equals("/") ? session : namespace.name() + "#" + session;
  }

  private void middleware(Socket socket, int index, Optional<String> pid, List<Frame> missed) {
    if (connection.session().isClosed() || !socket.isJoining()) {
      return;
    }
    List<ConnectMiddleware> middlewares = socket.namespace().setup().middlewares();
    if (index >= middlewares.size()) {
      connect(socket, pid, missed);
      return;
    }
    Next<ConnectRefused> next =
        new Once<>(
            connection.loop(),
            () -> middleware(socket, index + 1, pid, missed),
            refusal -> refuse(socket, refusal));
    try {
      middlewares.get(index).handle(socket, next);
    } catch (RuntimeException e) {
      connection.loop().failed(e);
      next.refuse(ConnectRefused.because("Internal error"));
    }
  }

  private void refuse(Socket socket, ConnectRefused refusal) {
    if (connection.session().isClosed()) {
      return;
    }
    answer(Packets.refused(socket.namespace().name(), refusal, connection.isOld()));
    connection.end(socket, CloseReason.SERVER_NAMESPACE_DISCONNECT);
  }

  private void connect(Socket socket, Optional<String> pid, List<Frame> missed) {
    String name = socket.namespace().name();
    if (!socket.namespace().register(socket)) {
      anew(socket);
      return;
    }
    connection.joined();
    answer(
        connection.isOld()
            ? Packets.connectedBare(name)
            : Packets.connected(name, socket.id(), pid));
    if (connection.session().isClosed()) {
      return;
    }
    socket.connected(pid);
    missed.forEach(frame -> socket.deliver(frame, Delivery.MESSAGE));
    if (!socket.isConnected()) {
      return;
    }
    for (Consumer<Socket> handler : socket.namespace().setup().handlers()) {
      socket.guarded(() -> handler.accept(socket));
    }
  }

  /// Only a restored id can be taken: its old connection is still open here, and keeps it. The
  /// client goes on as somebody new.
  private void anew(Socket restored) {
    Socket socket =
        new Socket(
            connection, restored.namespace(), newId(restored.namespace()), restored.handshake());
    connection.replace(restored, socket);
    middleware(socket, 0, server.options().recovery().map(Recovery::newPid), List.of());
  }

  private void answer(Frame frame) {
    connection.session().send(frame);
  }
}

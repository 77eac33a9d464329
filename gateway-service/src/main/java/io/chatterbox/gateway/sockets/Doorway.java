package io.chatterbox.gateway.sockets;

import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.gateway.authority.Revocations;
import io.chatterbox.gateway.edge.ConnectionLimits;
import io.chatterbox.gateway.edge.Relay;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/// Where requests of sockets come in: those of a session on another gateway are passed on, those
/// that open one are let in or not.
@Singleton
final class Doorway {
  private static final int UNAVAILABLE = 503;

  private final SocketIoServer server;
  private final SessionHome home;
  private final Relay relay;
  private final Revocations revocations;
  private final ConnectionLimits limits;

  @Inject
  Doorway(
      SocketIoServer server,
      SessionHome home,
      Relay relay,
      Revocations revocations,
      ConnectionLimits limits) {
    this.server = server;
    this.home = home;
    this.relay = relay;
    this.revocations = revocations;
    this.limits = limits;
  }

  void handle(HttpServerRequest request) {
    String sessionId = request.getParam("sid");
    Optional<String> elsewhere = sessionId == null ? Optional.empty() : home.elsewhere(sessionId);
    if (elsewhere.isPresent()) {
      relay.pass(request, elsewhere.get(), server);
    } else if ((sessionId != null && !sessionId.isEmpty())
        || HttpMethod.OPTIONS.equals(request.method())) {
      server.handle(request);
    } else if (!revocations.isWhole()) {
      // a gateway that does not know who was signed out takes nobody in
      request.response().putHeader("Retry-After", "1").setStatusCode(UNAVAILABLE).end();
    } else if (limits.admit(request)) {
      server.handle(request);
    }
  }

  /// Counts a socket as long as it is open.
  void opened(Socket socket) {
    ConnectRequest request = socket.handshake().request();
    int port = request.remoteAddress().lastIndexOf(':');
    Runnable closed =
        limits.opened(
            request.remoteAddress().substring(0, Math.max(port, 0)),
            request.headers().first("X-Forwarded-For").map(List::of).orElse(List.of()));
    socket.onDisconnect(_ -> closed.run());
  }
}

package io.chatterbox.gateway.plain;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.authority.Revocations;
import io.chatterbox.gateway.edge.ConnectionLimits;
import io.chatterbox.gateway.edge.Envelope;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Decides before the upgrade who may open a plain WebSocket, by the same rules as for Socket.IO.
@Singleton
final class PlainDoor {
  static final String PATH = "/ws";
  private static final int EARLY = -100;

  private final SocketIoServer server;
  private final Revocations revocations;
  private final ConnectionLimits limits;

  @Inject
  PlainDoor(SocketIoServer server, Revocations revocations, ConnectionLimits limits) {
    this.server = server;
    this.revocations = revocations;
    this.limits = limits;
  }

  void mount(@Observes Router router) {
    router.route(PATH).order(EARLY).handler(this::enter);
  }

  private void enter(RoutingContext call) {
    HttpServerRequest request = call.request();
    int refusal = server.refusal(request);
    if (refusal == 0 && !revocations.isWhole()) {
      // a gateway that does not know who was signed out takes nobody in
      refusal = 503;
    }
    switch (refusal) {
      case 0 -> {
        if (limits.admit(request)) {
          call.next();
        }
      }
      case 403 ->
          Envelope.write(
              call.response(),
              new Refusal(ErrorCode.FORBIDDEN, "Pages of this origin may not connect."));
      case 503 -> {
        call.response().putHeader("Retry-After", "1").putHeader("Connection", "close");
        Envelope.write(call.response(), Refusal.unavailable());
      }
      default -> {
        call.response().putHeader("Sec-WebSocket-Version", "13");
        Envelope.write(call.response(), refusal);
      }
    }
  }
}

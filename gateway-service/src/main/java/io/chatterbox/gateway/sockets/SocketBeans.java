package io.chatterbox.gateway.sockets;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Traces;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.LimitsConfig;
import io.chatterbox.gateway.authority.AuthorityTools;
import io.chatterbox.gateway.fanout.People;
import io.chatterbox.gateway.presence.Activity;
import io.chatterbox.gateway.recovery.LaterRecovery;
import io.chatterbox.gateway.recovery.SessionRecovery;
import io.chatterbox.gateway.routing.Dispatch;
import io.chatterbox.gateway.typing.Typing;
import io.chatterbox.socketio.SocketIoOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;

/// Makes the server that clients connect to, and what their sockets need.
final class SocketBeans {

  @Produces
  @Singleton
  SocketIoServer server(
      Vertx vertx, GatewayConfig config, SessionHome home, Provider<SessionRecovery> recovery) {
    GatewayConfig.Sockets sockets = config.sockets();
    EngineOptions defaults = EngineOptions.defaults();
    EngineOptions engine =
        defaults
            .with(new EngineOptions.Heartbeat(sockets.pingInterval(), sockets.pingTimeout()))
            .with(
                new EngineOptions.Limits(
                    sockets.maxPayload(),
                    sockets.maxQueuedBytes(),
                    defaults.limits().bodyTimeout()))
            .with(
                new EngineOptions.Transports(
                    defaults.transports().polling(),
                    defaults.transports().websocket(),
                    defaults.transports().upgradeTimeout(),
                    sockets.allowOldClients()));
    return new SocketIoServer(
        vertx,
        SocketIoOptions.defaults()
            .with(engine)
            .withSessionIds(home::newId)
            .with(new LaterRecovery(recovery)),
        new Cors(config.corsOrigins().orElse(Set.of()), false, true));
  }

  @Produces
  @Singleton
  ClientTools tools(
      AuthorityTools authority,
      Dispatch dispatch,
      People people,
      Typing typing,
      Activity activity,
      SocketMetrics metrics,
      Traces traces,
      Json json,
      Clock clock,
      GatewayConfig config,
      LimitsConfig limits) {
    return new ClientTools(
        authority,
        dispatch,
        people,
        typing,
        activity,
        metrics,
        traces,
        json,
        clock,
        limits.enabled(),
        config.routing().eventsPerSecond());
  }
}

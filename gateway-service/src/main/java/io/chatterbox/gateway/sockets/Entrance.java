package io.chatterbox.gateway.sockets;

import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.routing.Dispatch;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Mounts the Socket.IO server, and empties it when the gateway stops.
@Singleton
final class Entrance {
  private static final Logger LOG = Logger.getLogger(Entrance.class);
  private static final int FIRST = -100;
  private static final long MILLIS_PER_SOCKET = 20;
  private static final Duration REST = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final SocketIoServer server;
  private final Doorway doorway;
  private final ClientTools tools;
  private final Dispatch dispatch;
  private final GatewayConfig config;

  @Inject
  Entrance(
      SocketIoServer server,
      Doorway doorway,
      ClientTools tools,
      Dispatch dispatch,
      GatewayConfig config) {
    this.server = server;
    this.doorway = doorway;
    this.tools = tools;
    this.dispatch = dispatch;
    this.config = config;
  }

  void mount(@Observes Router router) {
    server.of("/").onConnection(this::connected);
    router.route("/socket.io/*").order(FIRST).handler(call -> doorway.handle(call.request()));
  }

  private void connected(Socket socket) {
    tools.metrics().opened(socket);
    socket.onDisconnect(reason -> tools.metrics().closed(reason));
    doorway.opened(socket);
    new Client(socket, tools).begin();
  }

  /// Closes sockets paced, then waits for commands that are under way. Before anything else stops:
  /// the HTTP server would end plain WebSockets without a reason, and polls without their last
  /// messages.
  void stop(@Observes ShutdownDelayInitiatedEvent event) {
    int sessions = server.sessions();
    long millis = Math.min(config.drain().toMillis(), sessions * MILLIS_PER_SOCKET);
    LOG.infof("event=draining sessions=%d millis=%d", sessions, millis);
    CountDownLatch drained = new CountDownLatch(1);
    server.drain(Duration.ofMillis(millis)).onComplete(_ -> drained.countDown());
    try {
      long end = System.nanoTime() + Duration.ofMillis(millis).plus(REST).toNanos();
      drained.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      while (dispatch.pending() > 0 && System.nanoTime() < end) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LOG.infof("event=drained sessions=%d pending=%d", server.sessions(), dispatch.pending());
  }
}

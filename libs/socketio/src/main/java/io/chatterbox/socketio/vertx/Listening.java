package io.chatterbox.socketio.vertx;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A HTTP server for nothing but this library, on every event loop.
final class Listening {
  /// Connections that wait to be accepted when many clients come at once.
  private static final int BACKLOG = 4096;

  private final Vertx vertx;
  private final Handler<HttpServerRequest> handler;
  private final String path;
  private final Duration idle;
  private final AtomicInteger port = new AtomicInteger();
  private volatile @Nullable String deployment;

  /// @param idle after which a connection that says nothing, and is not a WebSocket, is closed
  Listening(Vertx vertx, Handler<HttpServerRequest> handler, String path, Duration idle) {
    this.vertx = vertx;
    this.handler = handler;
    this.path = path;
    this.idle = idle;
  }

  /// The port that was bound.
  Future<Integer> open(String host, int wanted) {
    // Vert.x shares a port that it picks among servers that ask for the same negative number
    int shared = wanted > 0 ? wanted : -ThreadLocalRandom.current().nextInt(1, 1 << 30);
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(shared)
            .setTcpNoDelay(true)
            .setAcceptBacklog(BACKLOG)
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setIdleTimeout((int) idle.toMillis());
    int loops = 0;
    for (Object _ : ((VertxInternal) vertx).getEventLoopGroup()) {
      loops++;
    }
    return vertx
        .deployVerticle(
            () -> new Server(options), new DeploymentOptions().setInstances(Math.max(1, loops)))
        .map(id -> {
          deployment = id;
          return port.get();
        });
  }

  Future<Void> close() {
    String id = deployment;
    return id == null ? Future.succeededFuture() : vertx.undeploy(id);
  }

  private void route(HttpServerRequest request) {
    if (request.path() != null && request.path().startsWith(path)) {
      handler.handle(request);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private final class Server extends AbstractVerticle {
    private final HttpServerOptions options;

    Server(HttpServerOptions options) {
      this.options = options;
    }

    @Override
    public void start(Promise<Void> started) {
      HttpServer server = vertx.createHttpServer(options).requestHandler(Listening.this::route);
      server
          .listen()
          .<Void>map(bound -> {
            port.set(bound.actualPort());
            return null;
          })
          .onComplete(started);
    }
  }
}

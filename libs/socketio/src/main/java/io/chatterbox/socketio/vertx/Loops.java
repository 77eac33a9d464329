package io.chatterbox.socketio.vertx;

import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The event loops that requests have come from.
final class Loops {
  private final VertxInternal vertx;
  private final Map<EventLoop, VertxLoop> loops = new ConcurrentHashMap<>();

  Loops(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /// The loop of the request's connection.
  VertxLoop of(HttpServerRequest request) {
    return of(connection(request).channel().eventLoop());
  }

  /// The loop that the caller is on.
  VertxLoop current() {
    return of(vertx.getOrCreateContext().nettyEventLoop());
  }

  private VertxLoop of(EventLoop eventLoop) {
    VertxLoop known = loops.get(eventLoop);
    return known != null
        ? known
        : loops.computeIfAbsent(
            eventLoop,
            loop ->
                new VertxLoop(
                    vertx.createEventLoopContext(
                        loop,
                        vertx.getWorkerPool(),
                        Thread.currentThread().getContextClassLoader())));
  }

  static ConnectionBase connection(HttpServerRequest request) {
    return (ConnectionBase) request.connection();
  }
}

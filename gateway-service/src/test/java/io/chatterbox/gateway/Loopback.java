package io.chatterbox.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/// Servers beside the gateway's own, on a free port of the loopback interface.
public final class Loopback {
  private Loopback() {}

  public static HttpServer serve(Vertx vertx, Handler<HttpServerRequest> handler) {
    return vertx
        .createHttpServer()
        .requestHandler(handler)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}

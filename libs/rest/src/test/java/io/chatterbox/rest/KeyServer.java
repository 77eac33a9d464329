package io.chatterbox.rest;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A replica of auth-service, as far as it tells its keys.
final class KeyServer implements AutoCloseable {
  private final HttpServer server;
  private final AtomicInteger reads = new AtomicInteger();
  private volatile String keys;

  KeyServer(String keys) throws IOException {
    this.keys = keys;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          reads.incrementAndGet();
          byte[] bytes = this.keys.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void publish(String others) {
    keys = others;
  }

  int reads() {
    return reads.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

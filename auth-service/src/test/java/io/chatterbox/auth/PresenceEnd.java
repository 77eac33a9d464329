package io.chatterbox.auth;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The other end of a question to presence-service, which has seen nobody.
public final class PresenceEnd implements QuarkusTestResourceLifecycleManager {
  private static final byte[] NOBODY = "{\"presence\":[]}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;

  public PresenceEnd() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> start() {
    server.createContext(
        "/internal/presence",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, NOBODY.length);
          exchange.getResponseBody().write(NOBODY);
          exchange.close();
        });
    server.start();
    return Map.of(
        "chatterbox.services.presence-urls", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}

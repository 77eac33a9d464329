package io.chatterbox.testkit;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The other end of a question over HTTP, for the test of the one who asks.
public abstract class OtherEnd implements QuarkusTestResourceLifecycleManager {
  private final String setting;
  private final HttpServer server;

  /// @param setting where the one who asks finds the address
  /// @param path what is asked
  /// @param answer from the query to the JSON that is answered
  protected OtherEnd(String setting, String path, UnaryOperator<String> answer) {
    this.setting = setting;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        path,
        exchange -> {
          String query = exchange.getRequestURI().getQuery();
          byte[] json = answer.apply(query == null ? "" : query).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, json.length);
          exchange.getResponseBody().write(json);
          exchange.close();
        });
  }

  @Override
  public Map<String, String> start() {
    server.start();
    return Map.of(setting, "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}

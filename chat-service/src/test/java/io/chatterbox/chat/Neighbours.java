package io.chatterbox.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What auth-service and presence-service tell chat-service, over real HTTP: everybody exists but
/// ids that begin with `nobody`, is named like the part of his id before the first `-`, and one
/// person sits in each room.
public final class Neighbours implements QuarkusTestResourceLifecycleManager {
  private @Nullable HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/internal/users", exchange -> answer(exchange, users(exchange)));
    server.createContext(
        "/internal/rooms/occupants",
        exchange ->
            answer(
                exchange,
                "{\"userCount\":1,\"users\":[{\"_id\":\"zoe\",\"username\":\"zoe\",\"status\":\"online\"}]}"));
    server.createContext(
        "/internal/rooms/counts",
        exchange ->
            answer(
                exchange,
                Arrays.stream(query(exchange).split(",", -1))
                    .map(room -> "\"" + room + "\":1")
                    .collect(Collectors.joining(",", "{\"counts\":{", "}}"))));
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    // nobody listens at the first address: the next one is asked
    return Map.of(
        "chatterbox.services.auth-urls",
        "http://127.0.0.1:1," + url,
        "chatterbox.services.presence-urls",
        url);
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static String users(HttpExchange exchange) {
    return Arrays.stream(query(exchange).split(",", -1))
        .filter(id -> !id.isEmpty() && !id.startsWith("nobody"))
        .map(id ->
            "{\"_id\":\"%s\",\"username\":\"%s\",\"avatar\":null}"
                .formatted(id, id.split("-", 2)[0]))
        .collect(Collectors.joining(",", "{\"users\":[", "]}"));
  }

  private static String query(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    return URLDecoder.decode(
        query.substring(query.indexOf('=') + 1).split("&", 2)[0], StandardCharsets.UTF_8);
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    boolean isLetIn =
        "for-tests".equals(exchange.getRequestHeaders().getFirst("X-ChatterBox-Internal"));
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(isLetIn ? 200 : 403, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}

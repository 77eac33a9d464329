package io.chatterbox.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chatterbox.stack.stores.Ports;
import io.chatterbox.testkit.TestRedis;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// What a gateway stands in: Redis, the keys of access tokens, and services that tell what they
/// were asked.
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
  /// The account that may use the operator's page.
  public static final String OPERATOR = "the-operator";

  /// What is set to `true` so that there is no operator.
  public static final String NO_OPERATORS = "no-operators";

  private final HttpServer server;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Optional<String> operators = Optional.of("nobody-yet,id:" + OPERATOR);

  public Surroundings() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", Surroundings::tell);
    server.createContext(
        "/.well-known/jwks.json",
        exchange -> answer(exchange, 200, "application/json", TestTokens.jwks()));
    server.createContext("/api/rooms/silent", _ -> awaitStop());
    server.createContext("/api/rooms/bare", exchange -> answer(exchange, 413, "text/plain", "no"));
  }

  /// Answers with what came in, as a service would with data.
  private static void tell(HttpExchange exchange) throws IOException {
    StringBuilder headers = new StringBuilder();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers
                .append(name.toLowerCase(java.util.Locale.ROOT))
                .append('=')
                .append(values.getFirst())
                .append('\n'));
    byte[] body = exchange.getRequestBody().readAllBytes();
    answer(
        exchange,
        200,
        "application/json",
        "{\"success\":true,\"data\":{\"path\":\""
            + exchange.getRequestURI()
            + "\",\"bytes\":"
            + body.length
            + ",\"headers\":\""
            + headers.toString().replace("\\", "").replace("\"", "").replace("\n", "\\n")
            + "\"}}");
  }

  /// Takes the request and says nothing.
  private void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void init(Map<String, String> wishes) {
    if (wishes.containsKey(NO_OPERATORS)) {
      operators = Optional.empty();
    }
  }

  @Override
  public Map<String, String> start() {
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> settings = new HashMap<>();
    settings.put("quarkus.redis.hosts", TestRedis.sharedUrl());
    settings.put("quarkus.http.test-port", Integer.toString(Ports.free()));
    settings.put("mp.jwt.verify.publickey.location", address + "/.well-known/jwks.json");
    settings.put("chatterbox.services.auth-urls", address);
    settings.put("chatterbox.services.chat-urls", address);
    settings.put("chatterbox.services.presence-urls", address);
    // nobody listens there
    settings.put("chatterbox.services.ai-urls", "http://127.0.0.1:" + Ports.free());
    settings.put("chatterbox.gateway.trusted-proxies", "127.0.0.1");
    settings.put("chatterbox.gateway.cors-origins", "https://chat.example.org");
    operators.ifPresent(some -> settings.put("chatterbox.gateway.operators", some));
    settings.put("chatterbox.gateway.edge.largest-body", "100000");
    settings.put("chatterbox.gateway.edge.patience", "2s");
    settings.put("chatterbox.gateway.authority.subscribing", "100ms");
    settings.put("chatterbox.gateway.authority.unauthenticated", "2s");
    settings.put("chatterbox.gateway.authority.patience", "1s");
    settings.put("chatterbox.gateway.authority.per-user", "5");
    settings.put("chatterbox.gateway.sockets.per-address", "5");
    settings.put("chatterbox.gateway.sockets.opens-per-second", "10");
    return settings;
  }

  @Override
  public void stop() {
    stopped.countDown();
    server.stop(0);
  }
}

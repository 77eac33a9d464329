package io.chatterbox.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A presence-service that has seen nobody, a chat-service that has one image for everybody, and an
/// ai-service, all of which may be away.
public final class OtherServices implements QuarkusTestResourceLifecycleManager {
  /// The one image.
  public static final String IMAGE = "image-1";

  private static final Set<String> AWAY = ConcurrentHashMap.newKeySet();
  private static final List<String> DELETED = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  public OtherServices() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", OtherServices::handle);
  }

  /// From now on this one answers with failures only.
  public static void takeAway(String service) {
    AWAY.add(service);
  }

  public static void bringBack(String service) {
    AWAY.remove(service);
  }

  /// Who was told that an account is deleted, in order, as `<service> <account>`.
  public static List<String> deleted() {
    return List.copyOf(DELETED);
  }

  private static void handle(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String service = path[1];
    boolean isKnown =
        "for-tests".equals(exchange.getRequestHeaders().getFirst("X-ChatterBox-Internal"));
    int status = isKnown ? AWAY.contains(service) ? 503 : 200 : 404;
    String answer = "{\"presence\":[]}";
    if (exchange.getRequestMethod().equals("DELETE") && status == 200) {
      DELETED.add(service + " " + path[path.length - 1]);
    } else if (exchange.getRequestMethod().equals("PUT")) {
      answer = "{\"kept\":" + path[path.length - 1].equals(IMAGE) + "}";
    }
    byte[] json = answer.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  @Override
  public Map<String, String> start() {
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of(
        "chatterbox.services.presence-urls", address + "/presence",
        "chatterbox.services.chat-urls", address + "/chat",
        "chatterbox.services.ai-urls", address + "/ai",
        "chatterbox.auth.deletion-retry", "100ms",
        "chatterbox.auth.deletion-settles", "200ms");
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}

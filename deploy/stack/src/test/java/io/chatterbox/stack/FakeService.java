package io.chatterbox.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/// Listens like a service, and tells its settings and environment to whoever asks. The setting
/// `fake.dies` names the service that cannot start, `fake.never-ready` the one that is never ready.
final class FakeService {
  private static final List<String> JVM =
      List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private FakeService() {}

  /// A gateway, and a service with a database and a secret.
  static List<ServiceKind> kinds() {
    List<String> program =
        List.of("-cp", System.getProperty("java.class.path"), FakeService.class.getName());
    return List.of(
        new ServiceKind("gateway", 3000, "", true, JVM, program, Set.of()),
        new ServiceKind("chat", 3002, "chat", false, JVM, program, Set.of("fake.secret")));
  }

  public static void main(String[] args) throws IOException {
    String node = System.getProperty("chatterbox.node-name", "");
    if (node.startsWith(System.getProperty("fake.dies", "-"))) {
      System.out.println("java.lang.IllegalStateException: no start");
      System.out.println("\tat somewhere");
      System.out.println("Caused by: java.io.IOException: the moon is full");
      System.out.println("\tat elsewhere");
      System.exit(3);
    }
    int readiness = node.startsWith(System.getProperty("fake.never-ready", "-")) ? 503 : 200;
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), Integer.getInteger("quarkus.http.port")),
            0);
    server.createContext("/q/health/ready", exchange -> answer(exchange, readiness, ""));
    server.createContext(
        "/setting/", exchange -> answer(exchange, 200, System.getProperty(last(exchange), "")));
    server.createContext(
        "/variable/",
        exchange -> answer(exchange, 200, System.getenv().getOrDefault(last(exchange), "")));
    server.start();
  }

  private static String last(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}

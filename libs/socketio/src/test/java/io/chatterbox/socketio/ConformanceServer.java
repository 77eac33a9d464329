package io.chatterbox.socketio;

import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.EchoEngine;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the official suites of the protocols are pointed at: Engine.IO v4 at `/engine.io/` and
/// Socket.IO at `/socket.io/` on one port, Engine.IO v3 at `/engine.io/` on another. Arguments:
/// `--port 4004 --v3-port 4003 --host 127.0.0.1`.
///
/// The suites listen for one message at a time, and miss one that comes in the same segment as the
/// one before; so `auth` leaves a moment after CONNECT was answered, or before the first answer to
/// the client.
public final class ConformanceServer {
  private static final long APART_MILLIS = 20;

  private ConformanceServer() {}

  public static void main(String[] args) {
    String host = option(args, "--host", "127.0.0.1");
    int port = Integer.parseInt(option(args, "--port", "4004"));
    int v3Port = Integer.parseInt(option(args, "--v3-port", "4003"));
    Vertx vertx = Vertx.vertx();
    Ports ports = start(vertx, host, port, v3Port);
    System.out.println(
        "engine.io v4 and socket.io on " + ports.v4() + ", engine.io v3 on " + ports.v3());
  }

  /// Where the servers are bound.
  record Ports(int v4, int v3) {}

  /// On free ports of the loopback interface.
  static Ports startAnywhere(Vertx vertx) {
    return start(vertx, "127.0.0.1", 0, 0);
  }

  private static Ports start(Vertx vertx, String host, int port, int v3Port) {
    EchoEngine v4 = new EchoEngine(vertx, options(false));
    EchoEngine v3 = new EchoEngine(vertx, options(true));
    SocketIoServer io = socketIo(vertx);
    int first =
        listen(vertx, host, port, request -> route(request, "/engine.io/", v4, "/socket.io/", io));
    int second =
        listen(
            vertx, host, v3Port, request -> route(request, "/engine.io/", v3, "/engine.io/", v3));
    return new Ports(first, second);
  }

  private static int listen(
      Vertx vertx, String host, int port, Handler<HttpServerRequest> handler) {
    return vertx
        .createHttpServer()
        .requestHandler(handler)
        .listen(port, host)
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  private static void route(
      HttpServerRequest request,
      String path,
      Handler<HttpServerRequest> handler,
      String otherPath,
      Handler<HttpServerRequest> other) {
    if (request.path().startsWith(path)) {
      handler.handle(request);
    } else if (request.path().startsWith(otherPath)) {
      other.handle(request);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  private static EngineOptions options(boolean allowV3) {
    EngineOptions defaults = EngineOptions.defaults();
    return defaults
        .with(new EngineOptions.Heartbeat(Duration.ofMillis(300), Duration.ofMillis(200)))
        .with(
            new EngineOptions.Transports(
                true, true, defaults.transports().upgradeTimeout(), allowV3));
  }

  private static SocketIoServer socketIo(Vertx vertx) {
    SocketIoOptions options =
        SocketIoOptions.defaults().with(options(false)).withConnectTimeout(Duration.ofSeconds(1));
    SocketIoServer io = new SocketIoServer(vertx, options, new Cors(Set.of("*"), false, false));
    io.of("/")
        .onConnection(socket -> {
          Runnable auth = auth(socket);
          socket.on(
              "message",
              event -> {
                auth.run();
                socket.emit("message-back", event.arguments(), Delivery.MESSAGE);
              });
          socket.on(
              "message-with-ack",
              event -> {
                auth.run();
                event.ack().ifPresent(a -> a.send(event.arguments()));
              });
        });
    io.of("/custom").onConnection(ConformanceServer::auth);
    return io;
  }

  /// Tells the client once what its CONNECT carried: soon, or when run.
  private static Runnable auth(Socket socket) {
    AtomicBoolean told = new AtomicBoolean();
    Runnable tell =
        () -> {
          if (told.compareAndSet(false, true)) {
            socket.emit("auth", socket.handshake().auth());
          }
        };
    socket.loop().schedule(APART_MILLIS, tell);
    return tell;
  }

  private static String option(String[] args, String name, String otherwise) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? otherwise : args[at + 1];
  }
}

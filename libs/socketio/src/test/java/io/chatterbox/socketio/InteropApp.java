package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.Frame;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The application that stock clients of other languages are run against.
final class InteropApp {
  private InteropApp() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    start(Vertx.vertx(), port).toCompletionStage().toCompletableFuture().join();
  }

  /// The server's port.
  static Future<Integer> start(Vertx vertx, int port) {
    EngineOptions engine =
        EngineOptions.defaults()
            .with(new EngineOptions.Heartbeat(Duration.ofMillis(300), Duration.ofSeconds(5)))
            .with(new EngineOptions.Transports(true, true, Duration.ofSeconds(10), true));
    SocketIoServer server =
        new SocketIoServer(
            vertx, SocketIoOptions.defaults().with(engine).with(new LastSessions()), Cors.none());
    server.of("/").onConnection(InteropApp::main);
    server.of("/custom").onConnection(InteropApp::whereAndWho);
    server.of(name -> name.startsWith("/tenant-")).onConnection(InteropApp::whereAndWho);
    server
        .of("/guarded")
        .use((socket, next) ->
            vertx.setTimer(
                5,
                t -> {
                  if (text(socket.handshake().auth()).contains("\"right\"")) {
                    next.proceed();
                  } else {
                    next.refuse(
                        new ConnectRefused("not allowed", Optional.of(json("{\"code\":7}"))));
                  }
                }))
        .onConnection(InteropApp::whereAndWho);
    server.of("/recovering").onConnection(InteropApp::numbered);
    return server.listen("127.0.0.1", port);
  }

  private static void main(Socket socket) {
    socket.on("echo", e -> socket.emit("echoed", e.arguments(), Delivery.MESSAGE));
    acknowledged(socket, "echo-ack", e -> e.arguments());
    acknowledged(
        socket, "double", e -> Arguments.of(json(String.valueOf(2 * array(e).getInteger(0)))));
    acknowledged(
        socket,
        "join",
        e -> {
          socket.join(array(e).getString(0));
          return Arguments.none();
        });
    acknowledged(
        socket,
        "leave",
        e -> {
          socket.leave(array(e).getString(0));
          return Arguments.none();
        });
    acknowledged(
        socket,
        "say",
        e -> {
          socket.to(array(e).getString(0)).emit("said", e.arguments().value(1));
          return Arguments.none();
        });
    acknowledged(
        socket,
        "watch",
        e -> {
          socket.join("watchers");
          return Arguments.none();
        });
    socket.on("ask-me", e -> askBack(socket, e));
    socket.on("flood-me", e -> flood(socket, array(e).getInteger(0)));
    socket.on("kick-me", e -> socket.disconnect());
    socket.on(
        "close-me",
        e -> {
          socket.emit("last-word", json("\"bye\""));
          socket.close();
        });
    socket.onDisconnect(reason ->
        socket
            .namespace()
            .to("watchers")
            .emit("left", json("\"" + socket.id() + "\""), json("\"" + reason.text() + "\"")));
  }

  private static void whereAndWho(Socket socket) {
    acknowledged(socket, "where", e -> Arguments.of(json("\"" + socket.namespace().name() + "\"")));
    acknowledged(socket, "who", e -> Arguments.of(socket.handshake().auth()));
  }

  private static void acknowledged(Socket socket, String event, Function<Event, Arguments> answer) {
    socket.on(event, e -> e.ack().ifPresent(a -> a.send(answer.apply(e))));
  }

  private static void askBack(Socket socket, Event event) {
    socket.emit(
        "question",
        event.arguments(),
        Duration.ofSeconds(5),
        result -> {
          if (result instanceof AckResult.Answered(Arguments arguments)) {
            event.ack().ifPresent(a -> a.send(arguments.array()));
          }
        });
  }

  private static void flood(Socket socket, int count) {
    for (int i = 0; i < count; i++) {
      int n = i;
      socket.loop().schedule(i / 2, () -> socket.emit("flood", json(String.valueOf(n))));
    }
    socket.loop().schedule(count, () -> socket.emit("flood-end"));
  }

  private static void numbered(Socket socket) {
    if (!socket.recovered()) {
      socket.emit("numbered", json("1"), json("\"offset-1\""));
    }
  }

  private static JsonArray array(Event event) {
    return new JsonArray(text(event.arguments().array()));
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /// Gives every lost session back with the numbers 2, 3 and 4 as what it missed.
  private static final class LastSessions implements Recovery {
    private final Map<String, String> ids = new ConcurrentHashMap<>();
    private final RandomIds random = new RandomIds();

    @Override
    public String newPid() {
      return random.get();
    }

    @Override
    public void restore(
        String namespace,
        Handshake handshake,
        String pid,
        String offset,
        Consumer<Optional<Restored>> answer) {
      String id = offset.equals("offset-1") ? ids.remove(pid) : null;
      answer.accept(
          Optional.ofNullable(id)
              .map(known -> new Restored(known, pid, Set.of(), null, missed(namespace), true)));
    }

    private static List<Frame> missed(String namespace) {
      return IntStream.of(2, 3, 4)
          .mapToObj(n ->
              Packets.event(
                  namespace,
                  "numbered",
                  Arguments.of(json(String.valueOf(n)), json("\"offset-" + n + "\""))))
          .toList();
    }

    @Override
    public void keep(Socket socket, String pid, CloseReason reason) {
      ids.put(pid, socket.id());
    }
  }
}

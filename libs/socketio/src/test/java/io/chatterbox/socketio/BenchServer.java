package io.chatterbox.socketio;

import io.chatterbox.engineio.Delivery;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;

/// The library alone, for load generators: `join-room {roomName}` and `send-room-message {roomName,
/// content}`, which everyone in the room hears as `room-message {roomName, content}`; both are
/// acknowledged when asked. Arguments: `--port 4010 --host 127.0.0.1`.
public final class BenchServer {
  private BenchServer() {}

  public static void main(String[] args) {
    String host = option(args, "--host", "127.0.0.1");
    int port = Integer.parseInt(option(args, "--port", "4010"));
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors()));
    SocketIoServer server = new SocketIoServer(vertx, SocketIoOptions.defaults(), Cors.none());
    server.of("/").onConnection(BenchServer::serve);
    int bound = server.listen(host, port).toCompletionStage().toCompletableFuture().join();
    System.out.println("socket.io on " + bound + ", native=" + vertx.isNativeTransportEnabled());
  }

  private static void serve(Socket socket) {
    socket.on(
        "join-room",
        event -> {
          socket.join(room(event));
          event.ack().ifPresent(ack -> ack.send());
        });
    socket.on(
        "send-room-message",
        event -> {
          socket
              .namespace()
              .to(room(event))
              .emit("room-message", event.arguments(), Delivery.MESSAGE);
          event.ack().ifPresent(ack -> ack.send());
        });
  }

  private static String room(Event event) {
    return AuthFields.text(event.arguments().value(0), "roomName").orElse("");
  }

  private static String option(String[] args, String name, String otherwise) {
    int at = List.of(args).indexOf(name);
    return at < 0 ? otherwise : args[at + 1];
  }
}

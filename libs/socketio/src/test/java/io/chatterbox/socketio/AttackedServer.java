package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A server with low limits, and someone beside the attack who wants to be served.
final class AttackedServer implements AutoCloseable {
  static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  static final int LIMIT = 100_000;
  static final int QUEUE = 1 << 20;

  /// Those that said `reader` in their CONNECT, and why they ended.
  final Queue<Socket> readers = new ConcurrentLinkedQueue<>();

  final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
  final TestPeer bystander;
  final int port;
  private final Vertx vertx = Vertx.vertx();

  AttackedServer() {
    EngineOptions engine =
        EngineOptions.defaults()
            .with(new EngineOptions.Limits(LIMIT, QUEUE, Duration.ofSeconds(1)));
    SocketIoServer server =
        new SocketIoServer(
            vertx,
            SocketIoOptions.defaults().with(engine).withConnectTimeout(Duration.ofSeconds(1)),
            Cors.none());
    server.of("/").onConnection(this::serve);
    port = server.listen("127.0.0.1", 0).toCompletionStage().toCompletableFuture().join();
    bystander = new TestPeer(port);
  }

  private void serve(Socket socket) {
    if (new String(socket.handshake().auth(), StandardCharsets.UTF_8).contains("reader")) {
      readers.add(socket);
      socket.onDisconnect(ends::add);
    }
    socket.onEvent(event -> event.ack().ifPresent(ack -> ack.send(event.arguments())));
  }

  RawPeer joined() throws IOException {
    RawPeer peer = RawPeer.webSocket(port).text("40");
    assertThat(peer.frame()).startsWith("40{");
    return peer;
  }

  void everyoneElseIsUnaffected() {
    TestPeer.Ws ws = bystander.ws("/socket.io/?EIO=4&transport=websocket");
    assertThat(ws.nextText()).startsWith("0{");
    assertThat(ws.text("40").nextText()).startsWith("40{");
    assertThat(ws.text("421[\"hello\",1]").nextText()).isEqualTo("431[1]");
    ws.close();
  }

  @Override
  public void close() {
    bystander.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

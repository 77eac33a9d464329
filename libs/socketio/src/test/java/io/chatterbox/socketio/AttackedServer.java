package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
  private final Namespace namespace;
  private final Thread besideThread = Thread.ofVirtual().unstarted(this::talk);
  private final AtomicInteger echoes = new AtomicInteger();
  private volatile boolean stopping;
  private volatile @Nullable Throwable failure;

  AttackedServer() {
    EngineOptions engine =
        EngineOptions.defaults()
            .with(new EngineOptions.Limits(LIMIT, QUEUE, Duration.ofSeconds(1)));
    SocketIoServer server =
        new SocketIoServer(
            vertx,
            SocketIoOptions.defaults().with(engine).withConnectTimeout(Duration.ofSeconds(1)),
            Cors.none());
    namespace = server.of("/").onConnection(this::serve);
    server.of(name -> name.startsWith("/n"));
    port = server.listen("127.0.0.1", 0).toCompletionStage().toCompletableFuture().join();
    bystander = new TestPeer(port);
    besideThread.start();
  }

  /// Somebody who talks to the server all the time, whatever is done to it.
  private void talk() {
    try {
      TestPeer.Ws ws = bystander.ws("/socket.io/?EIO=4&transport=websocket");
      ws.nextText();
      ws.text("40").nextText();
      while (!stopping) {
        assertThat(ws.text("421[\"hello\",1]").nextText()).isEqualTo("431[1]");
        echoes.incrementAndGet();
      }
    } catch (Throwable e) {
      failure = e;
    }
  }

  /// One frame for all readers.
  void flood(byte[] content) {
    namespace.to("flood").emit("flood", content);
  }

  private void serve(Socket socket) {
    if (new String(socket.handshake().auth(), StandardCharsets.UTF_8).contains("reader")) {
      readers.add(socket);
      socket.join("flood");
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
    assertThat(failure).isNull();
    int before = echoes.get();
    await().until(() -> echoes.get() > before);
    TestPeer.Ws ws = bystander.ws("/socket.io/?EIO=4&transport=websocket");
    assertThat(ws.nextText()).startsWith("0{");
    assertThat(ws.text("40").nextText()).startsWith("40{");
    assertThat(ws.text("421[\"hello\",1]").nextText()).isEqualTo("431[1]");
    ws.close();
  }

  @Override
  public void close() {
    stopping = true;
    bystander.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

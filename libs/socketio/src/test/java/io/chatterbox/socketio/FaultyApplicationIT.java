package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Applications that throw, restore what is in use, or go away amid a conversation: clients are
/// answered all the same.
class FaultyApplicationIT {
  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
  private TestPeer peer = new TestPeer(0);
  private int port;

  private SocketIoServer serving(SocketIoOptions options, Consumer<SocketIoServer> setup) {
    SocketIoServer server = new SocketIoServer(vertx, options, Cors.none());
    setup.accept(server);
    server.of("/").onConnection(sockets::add);
    port = server.listen("127.0.0.1", 0).toCompletionStage().toCompletableFuture().join();
    peer = new TestPeer(port);
    return server;
  }

  @AfterEach
  void stop() {
    peer.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private TestPeer.Ws opened() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    assertThat(ws.nextText()).startsWith("0{");
    return ws;
  }

  @Test
  void aConnectMiddlewareThatThrowsRefuses() {
    BlockingQueue<String> tries = new LinkedBlockingQueue<>();
    serving(
        SocketIoOptions.defaults(),
        server ->
            server
                .of("/")
                .use((socket, next) -> {
                  tries.add("try");
                  if (tries.size() == 1) {
                    throw new IllegalStateException("a fault of the application");
                  }
                  next.proceed();
                }));
    TestPeer.Ws ws = opened();
    assertThat(ws.text("40").nextText()).isEqualTo("44{\"message\":\"Internal error\"}");
    assertThat(ws.text("40").nextText()).startsWith("40{");
  }

  @Test
  void anEventMiddlewareThatThrowsRefusesThatEventOnly() {
    serving(
        SocketIoOptions.defaults(),
        server ->
            server
                .of("/")
                .onConnection(socket -> {
                  socket.use((event, next) -> {
                    if (event.name().equals("bad")) {
                      throw new IllegalStateException("a fault of the application");
                    }
                    next.proceed();
                  });
                  socket.on("good", event -> socket.emit("heard"));
                }));
    TestPeer.Ws ws = opened();
    assertThat(ws.text("40").nextText()).startsWith("40{");
    ws.text("42[\"bad\"]");
    assertThat(ws.text("42[\"good\"]").nextText()).isEqualTo("42[\"heard\"]");
  }

  @Test
  void aRecoveryThatThrowsRestoresNothing() {
    serving(
        SocketIoOptions.defaults()
            .with(
                new Restoring(() -> {
                  throw new IllegalStateException("a fault of the application");
                })),
        server -> {});
    TestPeer.Ws ws = opened();
    assertThat(ws.text("40{\"pid\":\"p\",\"offset\":\"o\"}").nextText())
        .startsWith("40{")
        .contains("\"pid\":\"fresh\"");
  }

  @Test
  void aRestoredIdThatIsInUseGoesToNobodyElse() throws Exception {
    BlockingQueue<String> inUse = new LinkedBlockingQueue<>();
    serving(
        SocketIoOptions.defaults()
            .with(
                new Restoring(() ->
                    new Recovery.Restored(
                        inUse.element(), "old", Set.of("room"), null, List.of(), true))),
        server -> {});
    TestPeer.Ws first = opened();
    assertThat(first.text("40").nextText()).startsWith("40{");
    inUse.add(taken().id());
    TestPeer.Ws second = opened();
    assertThat(second.text("40{\"pid\":\"old\",\"offset\":\"o\"}").nextText())
        .startsWith("40{")
        .contains("\"pid\":\"fresh\"")
        .doesNotContain(inUse.element());
    Socket anew = taken();
    assertThat(anew.recovered()).isFalse();
  }

  private Socket taken() throws InterruptedException {
    Socket socket = sockets.poll(10, TimeUnit.SECONDS);
    assertThat(socket).isNotNull();
    return socket;
  }

  @Test
  void aNameIsMadeAsItsPatternSays() {
    SocketIoServer server =
        serving(
            SocketIoOptions.defaults(),
            s ->
                s.of(name -> name.startsWith("/tenant-"))
                    .use((socket, next) -> next.refuse(ConnectRefused.because("not you"))));
    server.of("/tenant-7").broadcast().emit("nobody is there");
    assertThat(opened().text("40/tenant-7,").nextText())
        .isEqualTo("44/tenant-7,{\"message\":\"not you\"}");
  }

  @Test
  void aQueryThatCannotBeDecodedIsABadRequest() throws Exception {
    serving(SocketIoOptions.defaults(), server -> {});
    try (RawPeer raw = new RawPeer(port)) {
      raw.say("GET " + POLLING + "&x=%zz HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(raw.head()).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void binaryIsTextForWhoAsksForIt() throws Exception {
    serving(SocketIoOptions.defaults(), server -> {});
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&b64=1");
    ws.nextText();
    ws.text("40").nextText();
    taken()
        .emit(
            "file",
            Arguments.ofArray(
                "[{\"_placeholder\":true,\"num\":0}]".getBytes(StandardCharsets.UTF_8),
                List.of(new byte[] {1, 2, 3})),
            Delivery.MESSAGE);
    assertThat(ws.nextText()).isEqualTo("451-[\"file\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(ws.nextText()).isEqualTo("bAQID");
  }

  @Test
  void whoPollsHearsTheLastWordsOfAServerThatGoesAway() throws Exception {
    SocketIoServer server = serving(SocketIoOptions.defaults(), s -> {});
    String open = new String(peer.get(POLLING).body(), StandardCharsets.UTF_8);
    String session = POLLING + "&sid=" + open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    peer.send("POST", session, "40".getBytes(StandardCharsets.UTF_8));
    assertThat(new String(peer.get(session).body(), StandardCharsets.UTF_8)).startsWith("40{");
    Socket socket = taken();
    BlockingQueue<CloseReason> ended = new LinkedBlockingQueue<>();
    socket.loop().execute(() -> socket.onDisconnect(ended::add));
    socket.emit("last");
    Future<Void> drained = server.drain(Duration.ZERO);
    assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
    assertThat(new String(peer.get(session).body(), StandardCharsets.UTF_8))
        .isEqualTo("42[\"last\"]");
    assertThat(new String(peer.get(session).body(), StandardCharsets.UTF_8)).isEqualTo("1");
    drained.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /// Restores what the supplier gives.
  private record Restoring(Supplier<Recovery.Restored> restored) implements Recovery {
    @Override
    public String newPid() {
      return "fresh";
    }

    @Override
    public void restore(
        String namespace,
        Handshake handshake,
        String pid,
        String offset,
        Consumer<Optional<Restored>> answer) {
      answer.accept(Optional.of(restored.get()));
    }

    @Override
    public void keep(Socket socket, String pid, CloseReason reason) {}
  }
}

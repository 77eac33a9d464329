package io.chatterbox.socketio;

import static io.chatterbox.socketio.TestPeer.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that break rules or hold back: each gets the specified end, and nobody else notices.
class HostilePeersIT {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final int LIMIT = 100_000;
  private static final int QUEUE = 1 << 20;

  private static final Queue<Socket> SOCKETS = new ConcurrentLinkedQueue<>();
  private static final BlockingQueue<CloseReason> ENDS = new LinkedBlockingQueue<>();

  private static Vertx vertx;
  private static int port;
  private static TestPeer bystander;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    EngineOptions engine =
        EngineOptions.defaults()
            .with(new EngineOptions.Limits(LIMIT, QUEUE, Duration.ofSeconds(1)));
    SocketIoServer server =
        new SocketIoServer(
            vertx,
            SocketIoOptions.defaults().with(engine).withConnectTimeout(Duration.ofSeconds(1)),
            Cors.none());
    server
        .of("/")
        .onConnection(socket -> {
          if (new String(socket.handshake().auth(), StandardCharsets.UTF_8).contains("reader")) {
            SOCKETS.add(socket);
            socket.onDisconnect(ENDS::add);
          }
          socket.onEvent(event -> event.ack().ifPresent(ack -> ack.send(event.arguments())));
        });
    port = server.listen("127.0.0.1", 0).toCompletionStage().toCompletableFuture().join();
    bystander = new TestPeer(port);
  }

  @AfterAll
  static void stop() {
    bystander.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void everyoneElseIsUnaffected() {
    TestPeer.Ws ws = bystander.ws("/socket.io/?EIO=4&transport=websocket");
    assertThat(ws.nextText()).startsWith("0{");
    assertThat(ws.text("40").nextText()).startsWith("40{");
    assertThat(ws.text("421[\"hello\",1]").nextText()).isEqualTo("431[1]");
    ws.close();
  }

  private static RawPeer joined() throws IOException {
    RawPeer peer = RawPeer.webSocket(port).text("40");
    assertThat(peer.frame()).startsWith("40{");
    return peer;
  }

  // ---- WebSocket frames

  @Test
  void anUnmaskedFrameEndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(port)) {
      peer.say(new byte[] {(byte) 0x81, 1, '4'});
      assertThat(peer.closing()).isEqualTo("close 1002");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void anOverlongFrameIsRefusedByItsHeaderAlone() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(port)) {
      peer.say(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
      assertThat(peer.closing()).isEqualTo("close 1009");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void anOverlongMessageOfManyFragmentsIsRefused() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(port)) {
      peer.frame(0x01, "4".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < LIMIT / 1000; i++) {
        peer.frame(0x00, new byte[1000]);
      }
      assertThat(peer.closing()).isEqualTo("close 1009");
    }
  }

  @Test
  void aFloodOfEmptyFragmentsHarmsNobody() throws IOException {
    try (RawPeer peer = joined()) {
      peer.frame(0x01, "42".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 20_000; i++) {
        peer.frame(0x00, new byte[0]);
      }
      peer.frame(0x80, "7[\"x\",1]".getBytes(StandardCharsets.UTF_8));
      assertThat(peer.frame()).isEqualTo("437[1]");
    }
  }

  @Test
  void invalidUtf8EndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(port)) {
      peer.frame(0x81, new byte[] {'4', '2', '[', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80});
      assertThat(peer.closing()).isEqualTo("close 1007");
    }
  }

  // ---- packets

  @Test
  void jsonNestedDeepEndsTheConnection() throws IOException {
    try (RawPeer peer = joined()) {
      peer.text("42[\"x\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]");
      assertThat(peer.closing()).isEqualTo("close 1000");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void jsonWithAsManyElementsAsFitIsTaken() throws IOException {
    try (RawPeer peer = joined()) {
      String many = "1,".repeat(LIMIT / 2 - 20) + "1";
      assertThat(peer.text("421[\"x\",[" + many + "]]").frame()).isEqualTo("431[[" + many + "]]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 10_000, 90_000})
  void anEndlessAckIdEndsTheConnection(int digits) throws IOException {
    try (RawPeer peer = joined()) {
      peer.text("42" + "1".repeat(digits) + "[\"x\"]");
      assertThat(peer.closing()).isEqualTo("close 1000");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4511-[\"x\"]",
        "451-[\"x\",{\"_placeholder\":true,\"num\":1}]",
        "451-[\"x\",{\"_placeholder\":true,\"num\":-1}]",
        "4599999999999999999999-[\"x\"]"
      })
  void placeholdersWithWrongCountsEndTheConnection(String packet) throws IOException {
    try (RawPeer peer = joined()) {
      assertThat(peer.text(packet).closing()).isEqualTo("close 1000");
    }
  }

  @Test
  void aConnectionThatNeverSendsConnectIsClosed() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(port)) {
      assertThat(peer.closing()).isEqualTo("close 1000");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aClientCannotJoinNamespacesWithoutEnd() throws IOException {
    try (RawPeer peer = joined()) {
      for (int i = 0; i < 10_000; i++) {
        peer.text("40/n" + i);
      }
      assertThat(peer.frame()).startsWith("44/n0,");
    }
  }

  // ---- HTTP

  @Test
  void anAnnouncedBodyAboveTheLimitIsRefusedUnread() throws IOException {
    String sid = bystander.openPolling(POLLING);
    try (RawPeer peer = new RawPeer(port)) {
      peer.say(
          "POST "
              + POLLING
              + "&sid="
              + sid
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n4");
      assertThat(peer.head()).startsWith("HTTP/1.1 413");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aChunkedBodyAboveTheLimitIsRefused() throws IOException {
    String sid = bystander.openPolling(POLLING);
    try (RawPeer peer = new RawPeer(port)) {
      peer.say(
          "POST "
              + POLLING
              + "&sid="
              + sid
              + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < LIMIT / 10_000 + 1; i++) {
        peer.say("2710\r\n" + "4".repeat(10_000) + "\r\n");
      }
      assertThat(peer.head()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void twoPostsAtOnceEndTheSession() throws IOException {
    String sid = bystander.openPolling(POLLING);
    try (RawPeer peer = new RawPeer(port)) {
      peer.say(
          "POST "
              + POLLING
              + "&sid="
              + sid
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n4");
      HttpResponse<byte[]> second = bystander.post(POLLING + "&sid=" + sid, "40");
      while (second.statusCode() == 200) { // it came before the first
        second = bystander.post(POLLING + "&sid=" + sid, "3");
      }
      assertThat(second.statusCode()).isEqualTo(400);
      assertThat(bystander.get(POLLING + "&sid=" + sid).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void besideSlowLorisPeersAHandshakeIsQuickAndTheyAreEnded() throws IOException {
    List<RawPeer> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        String sid = bystander.openPolling(POLLING);
        RawPeer amidBody = new RawPeer(port);
        amidBody.say(
            "POST "
                + POLLING
                + "&sid="
                + sid
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n4");
        slow.add(amidBody);
        RawPeer amidHead = new RawPeer(port);
        amidHead.say("POST " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: x\r\nCon");
        slow.add(amidHead);
      }
      assertThat(
              bystander
                  .getLater(POLLING)
                  .orTimeout(1, TimeUnit.SECONDS)
                  .thenApply(HttpResponse::statusCode)
                  .join())
          .isEqualTo(200);
      assertThat(slow.getFirst().head()).startsWith("HTTP/1.1 408");
      assertThat(slow.getFirst().isEnded()).isTrue();
    } finally {
      for (RawPeer peer : slow) {
        peer.close();
      }
    }
  }

  @Test
  void aForeignSessionIsUnknown() {
    HttpResponse<byte[]> response = bystander.get(POLLING + "&sid=AAAAAAAAAAAAAAAAAAAA");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
  }

  // ---- readers that never read

  @Test
  void ofAFloodToReadersThatNeverReadOnlyTheirQueuesAreKept() throws IOException {
    int readers = 4;
    List<RawPeer> peers = new ArrayList<>();
    try {
      for (int i = 0; i < readers; i++) {
        RawPeer peer = RawPeer.webSocket(port, 8192).text("40{\"reader\":false}");
        assertThat(peer.frame()).startsWith("40{");
        peers.add(peer);
      }
      long before = heapInUse();
      AtomicInteger most = new AtomicInteger();
      byte[] content = ("\"" + "x".repeat(40_000) + "\"").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < 1000; i++) { // 40 MB for each
        flood(content, most);
      }
      for (int i = 0; i < readers; i++) {
        assertThat(next(ENDS)).isEqualTo(CloseReason.SLOW_CONSUMER);
      }
      assertThat(most.get()).isLessThanOrEqualTo(QUEUE);
      assertThat(heapInUse() - before).isLessThan((long) readers * 2 * QUEUE);
      for (RawPeer peer : peers) {
        assertThat(peer.isEnded()).isTrue();
      }
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
  }

  private static void flood(byte[] content, AtomicInteger most) {
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (Socket socket : SOCKETS) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      sent.add(done);
      socket
          .loop()
          .execute(() -> {
            socket.emit("flood", content);
            most.accumulateAndGet(socket.queuedBytes(), Math::max);
            done.complete(null);
          });
    }
    sent.forEach(done -> done.orTimeout(10, TimeUnit.SECONDS).join());
  }

  private static long heapInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static CloseReason next(BlockingQueue<CloseReason> ends) {
    try {
      CloseReason reason = ends.poll(20, TimeUnit.SECONDS);
      assertThat(reason).isNotNull();
      return requireNonNull(reason);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

package io.chatterbox.socketio;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an application can do with sockets, seen by clients.
class SocketApiIT {
  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();
  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
  private final SocketIoServer server = new SocketIoServer(vertx, options(), Cors.none());
  private TestPeer peer = new TestPeer(0);

  private SocketIoOptions options() {
    return SocketIoOptions.defaults()
        .with((namespace, rooms, except, frame, delivery) ->
            told.add("relayed " + namespace + rooms + except));
  }

  @BeforeEach
  void start() {
    server.of("/").onConnection(sockets::add);
    peer =
        new TestPeer(
            server.listen("127.0.0.1", 0).toCompletionStage().toCompletableFuture().join());
  }

  @AfterEach
  void stop() {
    peer.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private record Joined(Socket socket, TestPeer.Ws ws) {
    /// Whether nothing but a last word came.
    void hearsNothing() {
      socket.emit("last");
      assertThat(ws.nextText()).isEqualTo("42[\"last\"]");
    }
  }

  /// Registers handlers where they may be registered.
  private static void on(Joined client, Consumer<Socket> registration) {
    onLoop(client.socket, () -> registration.accept(client.socket));
  }

  /// Runs the task on the socket's loop, and waits for it.
  private static void onLoop(Socket socket, Runnable task) {
    CompletableFuture.runAsync(task, socket.loop()).orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Joined joined() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    assertThat(ws.nextText()).startsWith("0{");
    assertThat(ws.text("40").nextText()).startsWith("40{");
    return new Joined(next(sockets), ws);
  }

  private static <T> T next(BlockingQueue<T> queue) {
    try {
      return requireNonNull(queue.poll(10, TimeUnit.SECONDS), "nothing came");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  // ---- broadcasts

  @Test
  void aBroadcastReachesEachMemberOfItsRoomsOnce() {
    Joined both = joined();
    Joined one = joined();
    Joined none = joined();
    both.socket.join("a", "b");
    one.socket.join("b");
    server.of("/").to("a", "b").emit("hi", json("1"));
    assertThat(both.ws.nextText()).isEqualTo("42[\"hi\",1]");
    assertThat(one.ws.nextText()).isEqualTo("42[\"hi\",1]");
    both.hearsNothing();
    none.hearsNothing();
  }

  @Test
  void exceptLeavesRoomsAndSocketsOut() {
    Joined member = joined();
    Joined muted = joined();
    Joined other = joined();
    muted.socket.join("muted");
    server.of("/").broadcast().except("muted", other.socket.id()).emit("hi");
    assertThat(member.ws.nextText()).isEqualTo("42[\"hi\"]");
    muted.hearsNothing();
    other.hearsNothing();
  }

  @Test
  void aSocketsBroadcastLeavesTheSocketOut() {
    Joined sender = joined();
    Joined other = joined();
    sender.socket.join("r");
    other.socket.join("r");
    sender.socket.to("r").emit("hi");
    assertThat(other.ws.nextText()).isEqualTo("42[\"hi\"]");
    sender.hearsNothing();
  }

  @Test
  void aSocketsIdIsARoomOfItsOwn() {
    Joined target = joined();
    Joined other = joined();
    server.of("/").to(target.socket.id()).emit("hi");
    assertThat(target.ws.nextText()).isEqualTo("42[\"hi\"]");
    other.hearsNothing();
  }

  @Test
  void onlyLocalBroadcastsAreNotRelayed() {
    server.of("/").to("r").local().emit("here");
    server.of("/").to("r").except("x").emit("everywhere");
    assertThat(next(told)).isEqualTo("relayed /[r][x]");
    assertThat(told).isEmpty();
  }

  @Test
  void binaryIsBroadcastWithItsAttachments() {
    Joined member = joined();
    Arguments binary =
        Arguments.ofArray(
            json("[{\"_placeholder\":true,\"num\":0}]"), List.of(new byte[] {1, 2, 3}));
    server.of("/").broadcast().emit("file", binary, Delivery.MESSAGE);
    assertThat(member.ws.nextText()).isEqualTo("451-[\"file\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(member.ws.nextBinary()).containsExactly(1, 2, 3);
  }

  @Test
  void aVolatileEventIsSentOnlyIfItCanLeaveNow() {
    String sid = peer.openPolling("/socket.io/?EIO=4&transport=polling");
    String session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
    peer.post(session, "40");
    Socket socket = next(sockets);
    assertThat(TestPeer.text(peer.get(session))).startsWith("40{");
    // no poll waits: the volatile one is lost, the other is not
    Frame lost = Packets.event("/", "lost", Arguments.none());
    onLoop(
        socket,
        () -> {
          socket.emit(lost, Delivery.VOLATILE);
          socket.emit("kept");
        });
    assertThat(TestPeer.text(peer.get(session))).isEqualTo("42[\"kept\"]");
  }

  @Test
  void pollersHearBroadcastsAsOthersDo() {
    Joined member = joined();
    String sid = peer.openPolling("/socket.io/?EIO=4&transport=polling");
    String session = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
    peer.post(session, "40");
    next(sockets);
    assertThat(TestPeer.text(peer.get(session))).startsWith("40{");
    server.of("/").broadcast().emit("hi", json("\"ü\""));
    assertThat(TestPeer.text(peer.get(session))).isEqualTo("42[\"hi\",\"ü\"]");
    assertThat(member.ws.nextText()).isEqualTo("42[\"hi\",\"ü\"]");
  }

  // ---- acknowledgements

  @Test
  void anAnswerReachesWhoAsked() {
    Joined client = joined();
    client.socket.emit("sum", Arguments.of(json("1")), Duration.ofSeconds(10), told::add);
    assertThat(client.ws.nextText()).isEqualTo("420[\"sum\",1]");
    client.ws.text("430[2]");
    assertThat(next(told))
        .isInstanceOfSatisfying(
            AckResult.Answered.class,
            answer -> assertThat(text(answer.arguments().array())).isEqualTo("[2]"));
  }

  @Test
  void anAnswerMayBeBinary() {
    Joined client = joined();
    client.socket.emit("file", Arguments.none(), Duration.ofSeconds(10), told::add);
    assertThat(client.ws.nextText()).isEqualTo("420[\"file\"]");
    client.ws.text("461-0[{\"_placeholder\":true,\"num\":0}]").binary(7);
    assertThat(next(told))
        .isInstanceOfSatisfying(
            AckResult.Answered.class,
            answer -> assertThat(answer.arguments().attachments()).containsExactly(new byte[] {7}));
  }

  @Test
  void aMissingAnswerTimesOutAndALateOneIsIgnored() {
    Joined client = joined();
    client.socket.emit("sum", Arguments.none(), Duration.ofMillis(50), told::add);
    assertThat(client.ws.nextText()).isEqualTo("420[\"sum\"]");
    assertThat(next(told)).isEqualTo(new AckResult.TimedOut());
    client.ws.text("430[2]");
    client.hearsNothing();
    assertThat(told).isEmpty();
  }

  @Test
  void aLostClientAnswersNothingMore() {
    Joined client = joined();
    client.socket.emit("sum", Arguments.none(), Duration.ofSeconds(60), told::add);
    assertThat(client.ws.nextText()).isEqualTo("420[\"sum\"]");
    client.ws.close();
    assertThat(next(told)).isEqualTo(new AckResult.Disconnected());
  }

  @Test
  void anEventIsAcknowledgedOnce() {
    Joined client = joined();
    on(
        client,
        socket ->
            socket.on(
                "ask",
                event -> {
                  event.ack().orElseThrow().send(json("1"));
                  event.ack().orElseThrow().send(json("2"));
                }));
    assertThat(client.ws.text("425[\"ask\"]").nextText()).isEqualTo("435[1]");
    client.hearsNothing();
  }

  // ---- middlewares

  @Test
  void aSocketsMiddlewareMayRefuseOrHoldEventsWhichKeepTheirOrder() {
    Joined client = joined();
    BlockingQueue<Next<String>> held = new LinkedBlockingQueue<>();
    EventMiddleware middleware =
        (event, next) -> {
          switch (event.name()) {
            case "bad" -> next.refuse("bad");
            case "slow" -> held.add(next);
            default -> next.proceed();
          }
        };
    on(
        client,
        socket -> {
          socket.use(middleware);
          socket.onEvent(event -> told.add(event.name()));
          socket.onError(refusal -> told.add("refused " + refusal));
        });
    client.ws.text("42[\"first\"]").text("42[\"slow\"]").text("42[\"bad\"]").text("42[\"last\"]");
    assertThat(next(told)).isEqualTo("first");
    next(held).proceed();
    assertThat(next(told)).isEqualTo("slow");
    assertThat(next(told)).isEqualTo("refused bad");
    assertThat(next(told)).isEqualTo("last");
  }

  @Test
  void whatAHandlerThrowsHarmsNobody() {
    Joined client = joined();
    on(
        client,
        socket -> {
          socket.on(
              "bad",
              event -> {
                throw new IllegalStateException("thrown by a test");
              });
          socket.on("good", event -> told.add("good"));
        });
    client.ws.text("42[\"bad\"]").text("42[\"good\"]");
    assertThat(next(told)).isEqualTo("good");
  }
}

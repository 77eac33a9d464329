package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stock Java client against [InteropApp].
class StockJavaClientIT {
  private static Vertx vertx;
  private static int port;

  private final List<Socket> open = new ArrayList<>();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    port = InteropApp.start(vertx, 0).toCompletionStage().toCompletableFuture().join();
  }

  @AfterAll
  static void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void leave() {
    open.forEach(Socket::disconnect);
  }

  private Peer connect(String namespace, String... transports) {
    IO.Options options =
        IO.Options.builder()
            .setTransports(transports)
            .setForceNew(true)
            .setReconnection(false)
            .setAuth(Map.of("token", "right"))
            .build();
    Socket socket = IO.socket(URI.create("http://127.0.0.1:" + port + namespace), options);
    open.add(socket);
    Peer peer = new Peer(socket);
    CompletableFuture<Object[]> connected = peer.next(Socket.EVENT_CONNECT);
    socket.connect();
    await(connected);
    return peer;
  }

  private record Peer(Socket socket) {
    CompletableFuture<Object[]> next(String event) {
      CompletableFuture<Object[]> heard = new CompletableFuture<>();
      socket.once(event, heard::complete);
      return heard;
    }

    Object[] asked(String event, Object... arguments) {
      CompletableFuture<Object[]> answer = new CompletableFuture<>();
      socket.emit(event, arguments, (Ack) answer::complete);
      return await(answer);
    }
  }

  private static Object[] await(CompletableFuture<Object[]> future) {
    return future.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @ParameterizedTest
  @ValueSource(strings = {Polling.NAME, WebSocket.NAME})
  void eventsBinaryAndAcknowledgementsGoBothWays(String transport) throws JSONException {
    Peer peer = connect("/", transport);

    CompletableFuture<Object[]> echoed = peer.next("echoed");
    peer.socket.emit("echo", 1, "zwei €𝄞", new JSONObject().put("file", new byte[] {1, 2, -1}));
    Object[] back = await(echoed);
    assertThat(back[0]).isEqualTo(1);
    assertThat(back[1]).isEqualTo("zwei €𝄞");
    assertThat((byte[]) ((JSONObject) back[2]).get("file")).containsExactly(1, 2, -1);

    assertThat(peer.asked("double", 21)).containsExactly(42);
    assertThat((byte[]) peer.asked("echo-ack", (Object) new byte[] {9, 8})[0])
        .containsExactly(9, 8);

    peer.socket.on("question", arguments -> ((Ack) arguments[1]).call((Integer) arguments[0] + 1));
    assertThat(peer.asked("ask-me", 5)[0]).hasToString("[6]");
  }

  @Test
  void nothingIsLostOrDoubledWhileTheConnectionIsUpgraded() {
    Peer peer = connect("/", Polling.NAME, WebSocket.NAME);
    for (int i = 0; i < 300; i++) {
      assertThat(peer.asked("double", i)).containsExactly(2 * i);
    }
  }

  @Test
  void namespacesTakeThePayloadOfTheirConnect() throws JSONException {
    Peer peer = connect("/guarded", WebSocket.NAME);
    assertThat(((JSONObject) peer.asked("who")[0]).getString("token")).isEqualTo("right");
  }

  @Test
  void theHeartbeatKeepsASocketThatOnlyListens() {
    Peer peer = connect("/", WebSocket.NAME);
    CompletableFuture<Object[]> end = peer.next("flood-end");
    peer.socket.emit("flood-me", 6000); // takes longer than the server waits for a pong
    await(end);
  }

  @Test
  void aServersDisconnectIsTold() {
    Peer peer = connect("/", WebSocket.NAME);
    CompletableFuture<Object[]> gone = peer.next(Socket.EVENT_DISCONNECT);
    peer.socket.emit("kick-me");
    assertThat(await(gone)).containsExactly("io server disconnect");
  }
}

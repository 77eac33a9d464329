package io.chatterbox.gateway.plain;

import io.chatterbox.bus.Json;
import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.engineio.Headers;
import io.chatterbox.gateway.routing.FloodBucket;
import io.chatterbox.socketio.PlainClose;
import io.chatterbox.socketio.PlainTransport;
import io.chatterbox.socketio.vertx.Line;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.quarkus.websockets.next.HandshakeRequest;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPingMessage;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Where plain WebSockets come in. Everything about one happens on the event loop of its
/// connection, in the order in which it came, and never waits.
@WebSocket(path = PlainDoor.PATH, inboundProcessingMode = InboundProcessingMode.CONCURRENT)
final class PlainEndpoint {
  private static final UserData.TypedKey<Peer> PEER = new UserData.TypedKey<>("peer");
  private static final String BEARER = "bearer ";
  private static final int PINGS_PER_SECOND = 10;

  private final SocketIoServer server;
  private final Json json;
  private final Clock clock;

  /// @param pings pongs leave whether or not they are read, so pings are counted
  private record Peer(PlainTransport transport, FloodBucket pings) {}

  /// What stands in a CONNECT packet of Socket.IO.
  record Auth(String token) {}

  @Inject
  PlainEndpoint(SocketIoServer server, Json json, Clock clock) {
    this.server = server;
    this.json = json;
    this.clock = clock;
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection) {
    HandshakeRequest handshake = connection.handshakeRequest();
    ConnectRequest request =
        new ConnectRequest(
            headers(handshake.headers()),
            Headers.empty(),
            handshake.remoteAddress(),
            connection.isSecure(),
            clock.millis());
    Line line = connection.userData().get(PlainRequest.LINE);
    PlainTransport transport =
        server.openPlain(request, auth(handshake), new PlainSocket(connection, line));
    connection
        .userData()
        .put(PEER, new Peer(transport, new FloodBucket(PINGS_PER_SECOND, System::nanoTime)));
  }

  @OnTextMessage
  @NonBlocking
  void text(String message, WebSocketConnection connection) {
    with(connection, peer -> peer.transport().text(message.getBytes(StandardCharsets.UTF_8)));
  }

  @OnBinaryMessage
  @NonBlocking
  void binary(Buffer message, WebSocketConnection connection) {
    with(connection, peer -> peer.transport().binary());
  }

  @OnPingMessage
  @NonBlocking
  void ping(Buffer payload, WebSocketConnection connection) {
    with(
        connection,
        peer -> {
          if (peer.pings().take() > 0) {
            peer.transport().violation(PlainClose.POLICY);
          }
        });
  }

  @OnPongMessage
  @NonBlocking
  void pong(Buffer payload, WebSocketConnection connection) {
    with(connection, peer -> peer.transport().pong(payload.getBytes()));
  }

  @OnClose
  @NonBlocking
  void close(WebSocketConnection connection) {
    with(connection, peer -> peer.transport().closed());
  }

  /// Of the wire, or a message whose parts are too large together, for which Vert.x knows no better
  /// exception.
  @OnError
  @NonBlocking
  void failed(Throwable failure, WebSocketConnection connection) {
    if (connection.isOpen()) {
      PlainClose code =
          failure instanceof IllegalStateException ? PlainClose.TOO_BIG : PlainClose.ERROR;
      with(connection, peer -> peer.transport().violation(code));
    }
  }

  private static void with(WebSocketConnection connection, Consumer<Peer> task) {
    Peer peer = connection.userData().get(PEER);
    if (peer != null) {
      task.accept(peer);
    }
  }

  private static Headers headers(Map<String, List<String>> all) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    all.forEach((name, values) -> values.forEach(value -> entries.add(Map.entry(name, value))));
    return Headers.of(entries);
  }

  private byte[] auth(HandshakeRequest handshake) {
    String header = Optional.ofNullable(handshake.header("authorization")).orElse("");
    return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? json.write(new Auth(header.substring(BEARER.length()).strip())).bytes()
        : "{}".getBytes(StandardCharsets.UTF_8);
  }
}

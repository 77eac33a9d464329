package io.chatterbox.bench.peers;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What plain Vert.x does with the same frames: no sessions, heartbeats, namespaces or queues, one
/// write for each delivery.
public final class VertxPeer extends AbstractVerticle {
  private static final String OPEN =
      "0{\"sid\":\"s\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}";

  private final Map<String, Set<ServerWebSocket>> rooms = new HashMap<>();
  private final int port;

  private VertxPeer(int port) {
    this.port = port;
  }

  public static void main(String[] args) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    vertx
        .deployVerticle(new VertxPeer(Integer.parseInt(args[0])))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    System.out.println("vert.x on " + args[0]);
  }

  @Override
  public void start() {
    vertx
        .createHttpServer(
            new HttpServerOptions()
                .setPort(port)
                .setHost("127.0.0.1")
                .setAcceptBacklog(4096)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false))
        .webSocketHandler(this::serve)
        .listen();
  }

  private void serve(ServerWebSocket socket) {
    Set<String> joined = new HashSet<>();
    socket.textMessageHandler(packet -> packet(socket, joined, packet));
    socket.closeHandler(
        v -> joined.forEach(room -> rooms.getOrDefault(room, Set.of()).remove(socket)));
    socket.writeTextMessage(OPEN);
  }

  private void packet(ServerWebSocket socket, Set<String> joined, String packet) {
    if (packet.startsWith("40")) {
      socket.writeTextMessage("40{\"sid\":\"x\"}");
    } else if (packet.startsWith("42")) {
      int array = packet.indexOf('[');
      JsonArray event = new JsonArray(packet.substring(array));
      JsonObject data = event.getJsonObject(1);
      String room = data.getString("roomName");
      if ("join-room".equals(event.getString(0))) {
        rooms.computeIfAbsent(room, r -> new HashSet<>()).add(socket);
        joined.add(room);
      } else {
        String message = "42" + new JsonArray().add("room-message").add(data).encode();
        rooms.getOrDefault(room, Set.of()).forEach(member -> member.writeTextMessage(message));
      }
      if (array > 2) {
        socket.writeTextMessage("43" + packet.substring(2, array) + "[]");
      }
    }
  }
}

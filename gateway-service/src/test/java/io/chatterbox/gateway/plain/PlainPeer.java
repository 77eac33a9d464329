package io.chatterbox.gateway.plain;

import io.chatterbox.gateway.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A plain client: the JDK's WebSocket and JSON text.
final class PlainPeer implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private volatile int closeCode;
  private volatile boolean reads = true;
  private final WebSocket socket;

  private PlainPeer(URI server, String ip, String... headers) throws Exception {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().header("X-Forwarded-For", ip);
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket =
        builder
            .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws"), this)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  static PlainPeer open(URI server, String ip, String... headers) throws Exception {
    return new PlainPeer(server, ip, headers);
  }

  /// Opens and authenticates with its first message.
  static PlainPeer signedIn(URI server, String ip, String token) throws Exception {
    PlainPeer peer = open(server, ip);
    peer.auth(token);
    peer.heard("\"event\":\"authenticated\"");
    return peer;
  }

  void auth(String token) {
    send("{\"event\":\"auth\",\"data\":{\"token\":\"" + token + "\"},\"id\":\"auth\"}");
  }

  void send(String message) {
    socket.sendText(message, true).join();
  }

  void sendBinary(byte[] message) {
    socket.sendBinary(ByteBuffer.wrap(message), true).join();
  }

  void ping() {
    socket.sendPing(ByteBuffer.allocate(4)).join();
  }

  /// Takes nothing more off the connection.
  void stopReading() {
    reads = false;
  }

  String heard(String part) {
    Wire.await(() -> messages.stream().anyMatch(message -> message.contains(part)));
    return messages.stream().filter(message -> message.contains(part)).findFirst().orElseThrow();
  }

  int closed() {
    Wire.await(() -> closeCode != 0);
    return closeCode;
  }

  boolean isClosed() {
    return closeCode != 0;
  }

  List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    if (reads) {
      webSocket.request(1);
    }
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closeCode = statusCode;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closeCode = -1;
  }

  @Override
  public void close() {
    socket.abort();
  }
}

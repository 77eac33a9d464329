package io.chatterbox.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A Socket.IO client down to its frames (Engine.IO 4 over WebSocket).
public final class Wire implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private volatile boolean closed;
  private final WebSocket socket;

  private Wire(URI server, String ip) throws Exception {
    socket =
        HTTP.newWebSocketBuilder()
            .header("X-Forwarded-For", ip)
            .buildAsync(
                URI.create(
                    "ws://" + server.getAuthority() + "/socket.io/?EIO=4&transport=websocket"),
                this)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /// Opens a session and connects without a token.
  public static Wire open(URI server, String ip) throws Exception {
    Wire wire = new Wire(server, ip);
    wire.send("40");
    return wire;
  }

  /// Opens a session and connects with a token.
  public static Wire open(URI server, String ip, String token) throws Exception {
    Wire wire = new Wire(server, ip);
    wire.send("40{\"token\":\"" + token + "\"}");
    return wire;
  }

  public void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /// Waits for a frame with this in it.
  public String heard(String part) {
    await(() -> frames.stream().anyMatch(frame -> frame.contains(part)));
    return frames.stream().filter(frame -> frame.contains(part)).findFirst().orElseThrow();
  }

  /// Waits for the end of the namespace.
  public void ended() {
    await(() -> closed || frames.stream().anyMatch(frame -> frame.equals("41")));
  }

  public boolean isEnded() {
    return closed || frames.contains("41");
  }

  public List<String> frames() {
    return List.copyOf(frames);
  }

  /// Waits for what has to become true.
  public static void await(BooleanSupplier claim) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!claim.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true");
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      String frame = partial.toString();
      partial.setLength(0);
      if (frame.equals("2")) {
        var _ = webSocket.sendText("3", true);
      } else {
        frames.add(frame);
      }
    }
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed = true;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed = true;
  }

  @Override
  public void close() {
    socket.abort();
  }
}

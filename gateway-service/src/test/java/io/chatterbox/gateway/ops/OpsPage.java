package io.chatterbox.gateway.ops;

import io.chatterbox.gateway.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// An operator's page, as far as the gateway sees it.
final class OpsPage implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> frames = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  private OpsPage(URI server) throws Exception {
    socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + server.getAuthority() + "/ops/feed"), this)
            .get(30, TimeUnit.SECONDS);
  }

  /// One that has said nothing.
  static OpsPage open(URI server) throws Exception {
    return new OpsPage(server);
  }

  /// One that has said who it is.
  static OpsPage open(URI server, String token) throws Exception {
    OpsPage page = new OpsPage(server);
    page.token(token);
    return page;
  }

  void token(String token) {
    send("{\"token\":\"" + token + "\"}");
  }

  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /// Waits for a frame with all of this in it.
  String heard(String... parts) {
    Predicate<String> isIt = frame -> List.of(parts).stream().allMatch(frame::contains);
    Wire.await(() -> frames.stream().anyMatch(isIt));
    return frames.stream().filter(isIt).reduce((_, last) -> last).orElseThrow();
  }

  /// Sends a wish and waits for its reply.
  String ask(int id, String fields) {
    send("{\"id\":" + id + "," + fields + "}");
    return heard("\"reply\"", "\"id\":" + id + ",");
  }

  /// Waits for the end.
  ///
  /// @return the close code
  int ended() throws Exception {
    return closed.get(30, TimeUnit.SECONDS);
  }

  boolean isEnded() {
    return closed.isDone();
  }

  List<String> frames() {
    return List.copyOf(frames);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      frames.add(partial.toString());
      partial.setLength(0);
    }
    webSocket.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(statusCode);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
  }
}

package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A client without any protocol of its own, for tests that say each packet.
public final class TestPeer implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  public TestPeer(int port) {
    this.port = port;
  }

  public HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
    try {
      return http.send(
          request(method, path, body, headers), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(String method, String path, byte[] body, String... headers) {
    HttpRequest.BodyPublisher publisher =
        body.length == 0
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofByteArray(body);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, publisher);
    return (headers.length == 0 ? builder : builder.headers(headers)).build();
  }

  public HttpResponse<byte[]> get(String path) {
    return send("GET", path, new byte[0]);
  }

  public CompletableFuture<HttpResponse<byte[]>> getLater(String path) {
    return http.sendAsync(
        request("GET", path, new byte[0]), HttpResponse.BodyHandlers.ofByteArray());
  }

  public HttpResponse<byte[]> post(String path, String body) {
    return send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  public static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// The value of a string field of the JSON in an open packet.
  public static String field(String packet, String name) {
    String key = "\"" + name + "\":\"";
    int from = packet.indexOf(key) + key.length();
    return packet.substring(from, packet.indexOf('"', from));
  }

  /// Opens a polling session and tells its id.
  public String openPolling(String path) {
    return field(text(get(path)), "sid");
  }

  public Ws ws(String path) {
    Ws ws = new Ws();
    ws.opened.complete(
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), ws)
            .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join());
    return ws;
  }

  /// Whether the server does not let a WebSocket in, or closes it at once.
  public boolean isRefused(String path) {
    Ws ws = new Ws();
    return http.newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + port + path), ws)
        .handle((socket, failure) -> failure != null)
        .thenCompose(refused ->
            refused ? CompletableFuture.completedFuture(true) : ws.closed.thenApply(code -> true))
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  /// A WebSocket whose messages are taken one by one: text as String, binary as ByteBuffer.
  public static final class Ws implements WebSocket.Listener {
    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();

    public Ws text(String message) {
      opened.join().sendText(message, true).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      return this;
    }

    public Ws binary(int... bytes) {
      ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
      for (int b : bytes) {
        buffer.put((byte) b);
      }
      opened
          .join()
          .sendBinary(buffer.flip(), true)
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
      return this;
    }

    public Object next() {
      try {
        Object message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("a message in time").isNotNull();
        return message;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /// The next text that is no ping.
    public String nextText() {
      Object message = next();
      return message.equals("2") ? nextText() : (String) message;
    }

    public byte[] nextBinary() {
      Object message = next();
      return message.equals("2") ? nextBinary() : ((ByteBuffer) message).array();
    }

    /// The code that the connection was closed with; 1006 without close frame.
    public int closeCode() {
      return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    public void close() {
      opened.join().abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(
        WebSocket webSocket, ByteBuffer data, boolean last) {
      byte[] copy = new byte[data.remaining()];
      data.get(copy);
      messages.add(ByteBuffer.wrap(copy));
      webSocket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      closed.complete(statusCode);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      closed.complete(1006);
    }
  }
}

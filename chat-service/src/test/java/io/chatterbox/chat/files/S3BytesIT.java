package io.chatterbox.chat.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a small store over real HTTP that speaks as much of S3 as is used.
class S3BytesIT {
  private static final byte[] CONTENT = "0123456789".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final HttpServer server;
  private volatile boolean broken;
  private final S3Bytes bytes;

  S3BytesIT() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bytes =
        new S3Bytes(
            new Settings(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
            Clock.systemUTC());
  }

  @BeforeEach
  void start() {
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void keepsShowsAndRemovesBytes() throws IOException {
    write("one");
    assertThat(objects).containsOnlyKeys("/files/one");
    assertThat(bytes.readAll("one")).isEqualTo(CONTENT);
    try (InputStream part = bytes.read("one", 2, 3)) {
      assertThat(part.readAllBytes()).asString().isEqualTo("234");
    }
    try (InputStream nothing = bytes.read("one", 0, 0)) {
      assertThat(nothing.readAllBytes()).isEmpty();
    }
    bytes.delete("one");
    bytes.delete("one");
    assertThat(objects).isEmpty();
  }

  @Test
  void isUnavailableWhileTheStoreFails() {
    broken = true;
    assertThatThrownBy(() -> write("one")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> bytes.readAll("one")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> bytes.delete("one")).isInstanceOf(Refusal.class);
    server.stop(0);
    assertThatThrownBy(() -> bytes.readAll("one")).isInstanceOf(Refusal.class);
  }

  private void write(String name) throws IOException {
    Path file = java.nio.file.Files.write(folder.resolve("upload"), CONTENT);
    bytes.write(name, file);
  }

  private void answer(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readAllBytes();
    String path = call.getRequestURI().getPath();
    String authorization = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
    boolean isSigned =
        authorization.startsWith("AWS4-HMAC-SHA256 Credential=who/")
            && S3Signature.sha256(body)
                .equals(call.getRequestHeaders().getFirst("x-amz-content-sha256"));
    byte[] object = objects.get(path);
    if (broken || !isSigned) {
      send(call, broken ? 503 : 403, new byte[0]);
    } else if (call.getRequestMethod().equals("PUT")) {
      objects.put(path, body);
      send(call, 200, new byte[0]);
    } else if (object == null) {
      send(call, 404, new byte[0]);
    } else if (call.getRequestMethod().equals("DELETE")) {
      objects.remove(path);
      send(call, 204, new byte[0]);
    } else {
      String range = call.getRequestHeaders().getFirst("Range");
      if (range == null) {
        send(call, 200, object);
      } else {
        String[] ends = range.substring("bytes=".length()).split("-", 2);
        int from = Integer.parseInt(ends[0]);
        send(call, 206, Arrays.copyOfRange(object, from, Integer.parseInt(ends[1]) + 1));
      }
    }
  }

  private static void send(HttpExchange call, int status, byte[] body) throws IOException {
    call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      call.getResponseBody().write(body);
    }
    call.close();
  }

  private record Settings(URI endpoint) implements ChatConfig.S3 {
    @Override
    public String bucket() {
      return "files";
    }

    @Override
    public Optional<String> region() {
      return Optional.empty();
    }

    @Override
    public String accessKey() {
      return "who";
    }

    @Override
    public String secretKey() {
      return "secret";
    }
  }
}

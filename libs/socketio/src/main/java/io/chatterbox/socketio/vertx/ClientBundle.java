package io.chatterbox.socketio.vertx;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The official client for browsers, taken from npm when this module was built, as the Node server
/// hands it out. Each file is read and compressed once.
final class ClientBundle {
  private static final String FOLDER = "/io/chatterbox/socketio/client/";
  private static final Set<String> FILES =
      Set.of(
          "socket.io.js",
          "socket.io.js.map",
          "socket.io.min.js",
          "socket.io.min.js.map",
          "socket.io.esm.min.js",
          "socket.io.esm.min.js.map");

  private final Cors cors;
  private final String tag;
  private final Map<String, Optional<Served>> files = new ConcurrentHashMap<>();

  ClientBundle(Cors cors) {
    this.cors = cors;
    this.tag =
        read("version")
            .map(version -> '"' + new String(version, StandardCharsets.UTF_8).strip() + '"')
            .orElse("");
  }

  @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
  private record Served(byte[] plain, byte[] compressed) {}

  /// Whether the path below the server's own names a file of the client.
  static boolean isNamed(String name) {
    return FILES.contains(name);
  }

  /// Answers with the file, 404 if this module was built without npm.
  void handle(HttpServerRequest request, String name) {
    HttpServerResponse response = cors.headers(request, request.response());
    Optional<Served> file = files.computeIfAbsent(name, ClientBundle::load);
    boolean head = HttpMethod.HEAD.equals(request.method());
    if (file.isEmpty() || !(head || HttpMethod.GET.equals(request.method()))) {
      response.setStatusCode(file.isEmpty() ? 404 : 405).end();
      return;
    }
    response
        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=0")
        .putHeader(HttpHeaders.ETAG, tag)
        .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      response.setStatusCode(304).end();
      return;
    }
    boolean compressed = Answers.accepted(request).equals("gzip");
    byte[] body = compressed ? file.get().compressed : file.get().plain;
    if (compressed) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    response
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            name.endsWith(".map") ? "application/json" : "application/javascript; charset=utf-8")
        .putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
    if (head) {
      response.end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private boolean isKnown(@Nullable String known) {
    return known != null && (known.equals(tag) || known.equals("W/" + tag));
  }

  private static Optional<Served> load(String name) {
    return read(name).map(bytes -> new Served(bytes, Answers.compress(bytes, "gzip")));
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream in = ClientBundle.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("the client bundle cannot be read", e);
    }
  }
}

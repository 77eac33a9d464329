package io.chatterbox.socketio;

import static io.chatterbox.socketio.TestPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the server says over HTTP beside the packets.
class HttpEdgeIT {
  private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
  private static final String ALLOWED = "https://app.example";

  private static Vertx vertx;
  private static TestPeer peer;
  private static int port;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    EngineOptions engine =
        EngineOptions.defaults().with(new EngineOptions.Compression(1024, true, 64));
    SocketIoServer server =
        new SocketIoServer(
            vertx, SocketIoOptions.defaults().with(engine), new Cors(Set.of(ALLOWED), true, true));
    server.allow(request -> !"no".equals(request.getParam("let-in")));
    server
        .of("/")
        .onConnection(socket ->
            socket.on(
                "say",
                event -> socket.namespace().broadcast().emit("said", event.arguments().value(0))));
    port = server.listen("127.0.0.1", 0).toCompletionStage().toCompletableFuture().join();
    peer = new TestPeer(port);
  }

  @AfterAll
  static void stop() {
    peer.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  // ---- refusals

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/socket.io/?EIO=4&transport=abc|400|0|Transport unknown",
        "GET|/socket.io/?EIO=4|400|0|Transport unknown",
        "GET|/socket.io/?EIO=4&transport=polling&sid=x|400|1|Session ID unknown",
        "POST|/socket.io/?EIO=4&transport=polling|400|2|Bad handshake method",
        "GET|/socket.io/?EIO=4&transport=websocket|400|3|Bad request",
        "GET|/socket.io/?EIO=4&transport=polling&let-in=no|403|4|Forbidden",
        "GET|/socket.io/?EIO=3&transport=polling|400|5|Unsupported protocol version",
        "GET|/socket.io/?transport=polling|400|5|Unsupported protocol version",
      })
  void refusalsHaveTheirCodeAndStatus(
      String method, String path, int status, int code, String message) {
    HttpResponse<byte[]> response = peer.send(method, path, new byte[0]);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(text(response)).isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
  }

  @Test
  void pathsOutsideAreNotFound() {
    assertThat(peer.get("/elsewhere").statusCode()).isEqualTo(404);
  }

  // ---- other origins

  @Test
  void anAllowedOriginMaySendCredentials() {
    HttpResponse<byte[]> response = peer.send("GET", POLLING, new byte[0], "Origin", ALLOWED);
    assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue(ALLOWED);
    assertThat(response.headers().firstValue("access-control-allow-credentials")).hasValue("true");
    assertThat(response.headers().firstValue("vary")).hasValue("Origin");
  }

  @Test
  void thePreflightOfAnAllowedOriginIsGranted() {
    HttpResponse<byte[]> response =
        peer.send(
            "OPTIONS",
            POLLING,
            new byte[0],
            "Origin",
            ALLOWED,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue(ALLOWED);
    assertThat(response.headers().firstValue("access-control-allow-credentials")).hasValue("true");
    assertThat(response.headers().firstValue("access-control-allow-methods").orElse(""))
        .contains("GET", "POST");
    assertThat(response.headers().firstValue("access-control-allow-headers"))
        .hasValue("authorization");
  }

  @Test
  void anotherOriginIsGrantedNothing() {
    HttpResponse<byte[]> response =
        peer.send("GET", POLLING, new byte[0], "Origin", "https://evil.example");
    assertThat(response.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(response.headers().firstValue("access-control-allow-credentials")).isEmpty();
  }

  @Test
  void aWebSocketOfAnotherOriginIsForbidden() throws IOException {
    try (RawPeer raw = new RawPeer(port)) {
      raw.upgrade("Origin: https://evil.example");
      assertThat(raw.head()).startsWith("HTTP/1.1 403");
    }
    try (RawPeer raw = new RawPeer(port)) {
      raw.upgrade("Origin: " + ALLOWED);
      assertThat(raw.head()).startsWith("HTTP/1.1 101");
    }
  }

  // ---- compression

  @ParameterizedTest
  @CsvSource({"1000,false", "1100,true"})
  void pollingResponsesAreCompressedFromTheThresholdOn(int length, boolean compressed) {
    String sid = peer.openPolling(POLLING);
    peer.post(POLLING + "&sid=" + sid, "40");
    assertThat(text(peer.get(POLLING + "&sid=" + sid))).startsWith("40{");
    peer.post(POLLING + "&sid=" + sid, "42[\"say\",\"" + "x".repeat(length) + "\"]");
    HttpResponse<byte[]> response =
        peer.send("GET", POLLING + "&sid=" + sid, new byte[0], "Accept-Encoding", "gzip, br");
    assertThat(response.headers().firstValue("content-encoding").isPresent()).isEqualTo(compressed);
    peer.post(POLLING + "&sid=" + sid, "1");
  }

  @Test
  void framesAreCompressedForThoseWhoNegotiatedIt() throws IOException {
    try (RawPeer raw = new RawPeer(port)) {
      raw.upgrade("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits");
      assertThat(raw.head().toLowerCase(Locale.ROOT))
          .contains("permessage-deflate")
          .contains("server_no_context_takeover");
      raw.frame(); // open: longer than the threshold of this server
      raw.text("40");
      assertThat(raw.frame()).startsWith("40{");
      raw.text("42[\"say\",\"" + "x".repeat(500) + "\"]");
      assertThat(raw.bytesOfFrame()).hasSizeLessThan(60);
      assertThat(raw.isLastCompressed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"permessage-deflate; server_max_window_bits=10", "x-unknown"})
  void offersThatCannotBeKeptAreDeclined(String offer) throws IOException {
    try (RawPeer raw = new RawPeer(port)) {
      raw.upgrade("Sec-WebSocket-Extensions: " + offer);
      assertThat(raw.head().toLowerCase(Locale.ROOT))
          .startsWith("http/1.1 101")
          .doesNotContain("sec-websocket-extensions");
    }
  }

  // ---- the client for browsers

  @ParameterizedTest
  @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js"})
  void theOfficialClientIsServedWithItsLicence(String file) {
    HttpResponse<byte[]> response = peer.get("/socket.io/" + file);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("application/javascript; charset=utf-8");
    assertThat(text(response)).contains("Socket.IO v4.", "Released under the MIT License");
    assertThat(peer.get("/socket.io/" + file + ".map").headers().firstValue("content-type"))
        .hasValue("application/json");
  }

  @Test
  void theOfficialClientIsCompressedAndNotSentTwice() throws IOException {
    HttpResponse<byte[]> response =
        peer.send("GET", "/socket.io/socket.io.js", new byte[0], "Accept-Encoding", "gzip");
    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(gzip.readAllBytes()).isEqualTo(peer.get("/socket.io/socket.io.js").body());
    }
    String tag = response.headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> again =
        peer.send("GET", "/socket.io/socket.io.js", new byte[0], "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void theLicenceOfTheClientIsInTheModule() throws IOException {
    try (InputStream licence =
        SocketIoServer.class.getResourceAsStream("/io/chatterbox/socketio/client/LICENSE")) {
      assertThat(licence).isNotNull();
      assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Permission is hereby granted");
    }
  }
}

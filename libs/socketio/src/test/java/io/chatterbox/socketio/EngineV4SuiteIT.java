package io.chatterbox.socketio;

import static io.chatterbox.socketio.TestPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Engine.IO protocol, revision 4, rule by rule, over real sockets against [ConformanceServer].
class EngineV4SuiteIT {
  private static final String POLLING = "/engine.io/?EIO=4&transport=polling";
  private static final String WEBSOCKET = "/engine.io/?EIO=4&transport=websocket";

  private static Vertx vertx;
  private static TestPeer peer;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    ConformanceServer.Ports ports = ConformanceServer.startAnywhere(vertx);
    peer = new TestPeer(ports.v4());
  }

  @AfterAll
  static void stop() {
    peer.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static String session(String sid) {
    return POLLING + "&sid=" + sid;
  }

  @Test
  void pollingHandshakeSendsExactlyTheFiveFields() {
    HttpResponse<byte[]> response = peer.get(POLLING);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(response))
        .matches(
            "0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":300,"
                + "\"pingTimeout\":200,\"maxPayload\":1000000}");
    assertThat(response.headers().firstValue("etag")).isEmpty();
    assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void pollingHandshakeNeedsRevisionFour() {
    for (String path :
        new String[] {
          "/engine.io/?transport=polling",
          "/engine.io/?EIO=abc&transport=polling",
          "/engine.io/?EIO=3&transport=polling"
        }) {
      HttpResponse<byte[]> response = peer.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(400);
      assertThat(text(response))
          .isEqualTo("{\"code\":5,\"message\":\"Unsupported protocol version\"}");
    }
  }

  @Test
  void pollingHandshakeNeedsAKnownTransport() {
    for (String path : new String[] {"/engine.io/?EIO=4", "/engine.io/?EIO=4&transport=abc"}) {
      HttpResponse<byte[]> response = peer.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(400);
      assertThat(text(response)).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    }
  }

  @Test
  void pollingHandshakeIsAGet() {
    for (String method : new String[] {"POST", "PUT", "DELETE"}) {
      HttpResponse<byte[]> response = peer.send(method, POLLING, new byte[0]);
      assertThat(response.statusCode()).as(method).isEqualTo(400);
      assertThat(text(response)).isEqualTo("{\"code\":2,\"message\":\"Bad handshake method\"}");
    }
  }

  @Test
  void websocketHandshakeOffersNoUpgrade() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    assertThat(ws.nextText()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
    ws.close();
  }

  @Test
  void websocketHandshakeNeedsRevisionFour() {
    assertThat(peer.isRefused("/engine.io/?transport=websocket")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=abc&transport=websocket")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=3&transport=websocket")).isTrue();
  }

  @Test
  void websocketHandshakeNeedsAKnownTransport() {
    assertThat(peer.isRefused("/engine.io/?EIO=4")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=4&transport=abc")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=4&transport=polling")).isTrue();
  }

  @Test
  void pollingCarriesOneTextPacket() {
    String sid = peer.openPolling(POLLING);
    HttpResponse<byte[]> posted = peer.post(session(sid), "4hello");
    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(text(posted)).isEqualTo("ok");
    assertThat(text(peer.get(session(sid)))).isEqualTo("4hello");
  }

  @Test
  void pollingCarriesSeveralTextPackets() {
    String sid = peer.openPolling(POLLING);
    assertThat(text(peer.post(session(sid), "4test1\u001e4tëst2\u001e4"))).isEqualTo("ok");
    assertThat(text(peer.get(session(sid)))).isEqualTo("4test1\u001e4tëst2\u001e4");
  }

  @Test
  void pollingCarriesBinaryAsBase64() {
    String sid = peer.openPolling(POLLING);
    peer.post(session(sid), "4hello\u001ebAQIDBA==");
    assertThat(text(peer.get(session(sid)))).isEqualTo("4hello\u001ebAQIDBA==");
  }

  @Test
  void pollingEndsASessionWithMalformedPackets() {
    for (String body : new String[] {"abc", "4ok\u001e\u001e4ok", "b###", "9"}) {
      String sid = peer.openPolling(POLLING);
      assertThat(peer.post(session(sid), body).statusCode()).as(body).isEqualTo(400);
      assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void pollingEndsASessionWithTwoGets() {
    String sid = peer.openPolling(POLLING);
    CompletableFuture<HttpResponse<byte[]>> first = peer.getLater(session(sid));
    // whichever comes second is refused, the other is told
    HttpResponse<byte[]> second = peer.get(session(sid) + "&t=burst");
    HttpResponse<byte[]> other = first.join();
    assertThat(new int[] {second.statusCode(), other.statusCode()})
        .containsExactlyInAnyOrder(200, 400);
    assertThat(text(second.statusCode() == 200 ? second : other)).isEqualTo("1");
    assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
  }

  @Test
  void pollingSendsPingsAndTakesPongs() {
    String sid = peer.openPolling(POLLING);
    for (int i = 0; i < 3; i++) {
      assertThat(text(peer.get(session(sid)))).isEqualTo("2");
      assertThat(peer.post(session(sid), "3").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void pollingEndsASessionWithoutPong() {
    String sid = peer.openPolling(POLLING);
    assertThat(text(peer.get(session(sid)))).isEqualTo("2");
    assertThat(text(peer.get(session(sid)))).isEqualTo("1");
    assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
  }

  @Test
  void pollingClosesWhenAsked() {
    String sid = peer.openPolling(POLLING);
    CompletableFuture<HttpResponse<byte[]>> waiting = peer.getLater(session(sid));
    assertThat(text(peer.post(session(sid), "4x"))).isEqualTo("ok");
    assertThat(text(waiting.join())).isEqualTo("4x");
    CompletableFuture<HttpResponse<byte[]>> last = peer.getLater(session(sid));
    peer.post(session(sid), "1");
    // the poll may have come too late to be told
    assertThat(text(last.join())).isIn("6", "{\"code\":1,\"message\":\"Session ID unknown\"}");
    assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
  }

  @Test
  void websocketCarriesText() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.text("4hello").nextText()).isEqualTo("4hello");
    ws.close();
  }

  @Test
  void websocketCarriesBinary() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.binary(1, 2, 3, 4).nextBinary()).containsExactly(1, 2, 3, 4);
    ws.close();
  }

  @Test
  void websocketKeepsTheOrderOfTextAndBinary() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    ws.text("4a").binary(1).text("4b").binary(2);
    assertThat(ws.nextText()).isEqualTo("4a");
    assertThat(ws.nextBinary()).containsExactly(1);
    assertThat(ws.nextText()).isEqualTo("4b");
    assertThat(ws.nextBinary()).containsExactly(2);
    ws.close();
  }

  @Test
  void websocketEndsASessionWithMalformedPackets() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.text("abc").closeCode()).isEqualTo(1000);
  }

  @Test
  void websocketSendsPingsAndTakesPongs() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.next();
    for (int i = 0; i < 3; i++) {
      assertThat(ws.next()).isEqualTo("2");
      ws.text("3");
    }
    ws.close();
  }

  @Test
  void websocketEndsASessionWithoutPong() {
    assertThat(peer.ws(WEBSOCKET).closeCode()).isEqualTo(1006);
  }

  @Test
  void websocketClosesWhenAsked() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.text("1").closeCode()).isEqualTo(1000);
  }

  @Test
  void unknownSessionsAreRefused() {
    HttpResponse<byte[]> response = peer.get(session("nobody"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
    assertThat(peer.isRefused(WEBSOCKET + "&sid=nobody")).isTrue();
  }

  @Test
  void aPreflightIsAnswered() {
    HttpResponse<byte[]> response =
        peer.send(
            "OPTIONS",
            POLLING,
            new byte[0],
            "Origin",
            "http://elsewhere",
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "content-type");
    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.headers().firstValue("access-control-allow-origin")).hasValue("*");
    assertThat(response.headers().firstValue("access-control-allow-headers"))
        .hasValue("content-type");
  }

  @Test
  void largePollingResponsesAreCompressedForThoseWhoTakeIt() throws IOException {
    String sid = peer.openPolling(POLLING);
    String message = "4" + "abc".repeat(1000);
    peer.post(session(sid), message);
    HttpResponse<byte[]> response =
        peer.send("GET", session(sid), new byte[0], "Accept-Encoding", "gzip, deflate");
    assertThat(response.headers().firstValue("content-encoding")).hasValue("gzip");
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(message);
    }
  }
}

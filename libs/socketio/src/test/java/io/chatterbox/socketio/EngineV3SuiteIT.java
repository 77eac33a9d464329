package io.chatterbox.socketio;

import static io.chatterbox.socketio.TestPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Engine.IO protocol, revision 3, rule by rule, over real sockets against [ConformanceServer].
class EngineV3SuiteIT {
  private static final String POLLING = "/engine.io/?EIO=3&transport=polling";
  private static final String BASE64 = POLLING + "&b64=1";
  private static final String WEBSOCKET = "/engine.io/?EIO=3&transport=websocket";

  private static Vertx vertx;
  private static TestPeer peer;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    peer = new TestPeer(ConformanceServer.startAnywhere(vertx).v3());
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
  void pollingHandshakeIsPrefixedWithItsLength() {
    HttpResponse<byte[]> response = peer.get(POLLING);
    assertThat(response.statusCode()).isEqualTo(200);
    String[] parts = text(response).split(":", 2);
    assertThat(Integer.parseInt(parts[0])).isEqualTo(parts[1].length());
    assertThat(parts[1]).startsWith("0{\"sid\":\"").contains("\"upgrades\":[\"websocket\"]");
  }

  @Test
  void handshakeNeedsAKnownTransportAndGet() {
    assertThat(peer.get("/engine.io/?EIO=3").statusCode()).isEqualTo(400);
    assertThat(peer.get("/engine.io/?EIO=3&transport=abc").statusCode()).isEqualTo(400);
    assertThat(peer.post(POLLING, "").statusCode()).isEqualTo(400);
    assertThat(peer.isRefused("/engine.io/?transport=websocket")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=abc&transport=websocket")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=3")).isTrue();
    assertThat(peer.isRefused("/engine.io/?EIO=3&transport=abc")).isTrue();
  }

  @Test
  void websocketHandshakeOffersNoUpgrade() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    assertThat(ws.nextText()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
    ws.close();
  }

  @Test
  void pollingCarriesTextPackets() {
    String sid = peer.openPolling(BASE64);
    assertThat(text(peer.post(session(sid), "6:4hello"))).isEqualTo("ok");
    assertThat(text(peer.get(session(sid)))).isEqualTo("6:4hello");
    assertThat(text(peer.post(session(sid), "6:4test16:4test26:4test3"))).isEqualTo("ok");
    assertThat(text(peer.get(session(sid)))).isEqualTo("6:4test16:4test26:4test3");
  }

  @Test
  void pollingCountsCharactersAsJavaScriptDoes() {
    String sid = peer.openPolling(BASE64);
    assertThat(text(peer.post(session(sid), "2:4€4:4𝄞x"))).isEqualTo("ok");
    assertThat(text(peer.get(session(sid)))).isEqualTo("2:4€4:4𝄞x");
  }

  @Test
  void pollingCarriesBinaryAsBase64ForThoseWhoAsk() {
    String sid = peer.openPolling(BASE64);
    peer.post(session(sid), "6:4hello10:b4AQIDBA==");
    assertThat(text(peer.get(session(sid)))).isEqualTo("6:4hello10:b4AQIDBA==");
  }

  @Test
  void pollingCarriesBinaryAsItIs() {
    String sid = peer.openPolling(POLLING);
    peer.post(session(sid), "6:4hello10:b4AQIDBA==");
    HttpResponse<byte[]> response = peer.get(session(sid));
    assertThat(response.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(response.body())
        .containsExactly(0, 6, 255, 52, 104, 101, 108, 108, 111, 1, 5, 255, 4, 1, 2, 3, 4);
  }

  @Test
  void pollingTakesBinaryBodies() {
    String sid = peer.openPolling(POLLING);
    byte[] body = {
      0, 4, (byte) 255, '4', (byte) 0xe2, (byte) 0x82, (byte) 0xac, 1, 3, (byte) 255, 4, 9, 8
    };
    HttpResponse<byte[]> posted =
        peer.send("POST", session(sid), body, "Content-Type", "application/octet-stream");
    assertThat(text(posted)).isEqualTo("ok");
    assertThat(peer.get(session(sid)).body()).isEqualTo(body);
  }

  @Test
  void malformedPayloadsEndASession() {
    for (String body : new String[] {"abc", "6:4hell", ":4", "99999999999:4", "3:abc", "2:b4"}) {
      String sid = peer.openPolling(POLLING);
      if (peer.post(session(sid), body).statusCode() == 200) {
        assertThat(body).isEqualTo("2:b4"); // an empty binary message
        continue;
      }
      assertThat(peer.get(session(sid)).statusCode()).as(body).isEqualTo(400);
    }
  }

  @Test
  void pollingEndsASessionWithTwoGets() {
    String sid = peer.openPolling(POLLING);
    CompletableFuture<HttpResponse<byte[]>> first = peer.getLater(session(sid));
    HttpResponse<byte[]> second = peer.get(session(sid) + "&t=burst");
    HttpResponse<byte[]> other = first.join();
    assertThat(new int[] {second.statusCode(), other.statusCode()})
        .containsExactlyInAnyOrder(200, 400);
    assertThat(text(second.statusCode() == 200 ? second : other)).isEqualTo("1:1");
  }

  @Test
  void pollingAnswersPings() {
    String sid = peer.openPolling(POLLING);
    for (int i = 0; i < 3; i++) {
      assertThat(peer.post(session(sid), "1:2").statusCode()).isEqualTo(200);
      assertThat(text(peer.get(session(sid)))).isEqualTo("1:3");
    }
  }

  @Test
  void pollingEndsASessionThatDoesNotPing() {
    String sid = peer.openPolling(POLLING);
    assertThat(text(peer.get(session(sid)))).isEqualTo("1:1");
    assertThat(peer.post(session(sid), "1:2").statusCode()).isEqualTo(400);
  }

  @Test
  void pollingClosesWhenAsked() {
    String sid = peer.openPolling(POLLING);
    peer.post(session(sid), "1:1");
    assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
  }

  @Test
  void websocketCarriesTextAndTypedBinary() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.text("4hello").nextText()).isEqualTo("4hello");
    assertThat(ws.binary(4, 1, 2, 3, 4).nextBinary()).containsExactly(4, 1, 2, 3, 4);
    ws.close();
  }

  @Test
  void websocketEndsASessionWithMalformedPackets() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.text("abc").closeCode()).isEqualTo(1000);
    TestPeer.Ws other = peer.ws(WEBSOCKET);
    other.nextText();
    assertThat(other.binary(7, 1).closeCode()).isEqualTo(1000);
  }

  @Test
  void websocketAnswersPings() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    for (int i = 0; i < 3; i++) {
      assertThat(ws.text("2").next()).isEqualTo("3");
    }
    ws.close();
  }

  @Test
  void websocketEndsASessionThatDoesNotPing() {
    assertThat(peer.ws(WEBSOCKET).closeCode()).isEqualTo(1006);
  }

  @Test
  void websocketClosesWhenAsked() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    ws.nextText();
    assertThat(ws.text("1").closeCode()).isEqualTo(1000);
  }

  @Test
  void upgradeTakesASessionFromPollingToWebsocket() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    assertThat(text(peer.get(session(sid)))).isEqualTo("1:6");
    assertThat(ws.text("5").text("4hello").nextText()).isEqualTo("4hello");
    assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
    assertThat(peer.isRefused(WEBSOCKET + "&sid=" + sid)).isTrue();
    assertThat(ws.text("4again").nextText()).isEqualTo("4again");
    ws.close();
  }

  @Test
  void aSessionKeepsItsRevision() {
    String sid = peer.openPolling(POLLING);
    HttpResponse<byte[]> response = peer.get("/engine.io/?EIO=4&transport=polling&sid=" + sid);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("\"code\":5");
  }
}

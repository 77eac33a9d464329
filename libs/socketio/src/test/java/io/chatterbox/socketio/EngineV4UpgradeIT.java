package io.chatterbox.socketio;

import static io.chatterbox.socketio.TestPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Upgrades of Engine.IO protocol, revision 4, rule by rule, over real sockets against
/// [ConformanceServer].
class EngineV4UpgradeIT {
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
  void upgradeTakesASessionFromPollingToWebsocket() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    assertThat(text(peer.get(session(sid)))).isEqualTo("6");
    assertThat(ws.text("5").text("4hello").nextText()).isEqualTo("4hello");
    ws.close();
  }

  @Test
  void aPollThatWaitsEndsWithANoopWhenItsUpgradeIsProbed() {
    String sid = peer.openPolling(POLLING);
    CompletableFuture<HttpResponse<byte[]>> poll = peer.getLater(session(sid));
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    assertThat(text(poll.orTimeout(10, TimeUnit.SECONDS).join())).isEqualTo("6");
    assertThat(ws.text("5").text("4hello").nextText()).isEqualTo("4hello");
    ws.close();
  }

  @Test
  void upgradeSendsWhatWaited() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    assertThat(text(peer.post(session(sid), "4one\u001e4two"))).isEqualTo("ok");
    ws.text("5").text("4three");
    assertThat(ws.nextText()).isEqualTo("4one");
    assertThat(ws.nextText()).isEqualTo("4two");
    assertThat(ws.nextText()).isEqualTo("4three");
    ws.close();
  }

  @Test
  void upgradedSessionsTakeNoPolls() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    ws.text("5").text("4sync");
    assertThat(ws.nextText()).isEqualTo("4sync");
    assertThat(text(peer.get(session(sid)))).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
    assertThat(peer.get(session(sid)).statusCode()).isEqualTo(400);
    assertThat(peer.post(session(sid), "4x").statusCode()).isEqualTo(400);
    assertThat(ws.text("4hello").nextText()).isEqualTo("4hello");
    ws.close();
  }

  @Test
  void upgradedSessionsTakeNoSecondWebsocket() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    assertThat(peer.isRefused(WEBSOCKET + "&sid=" + sid)).isTrue();
    ws.text("5");
    // as in Node's server it is let in and closed, so that clients see no failed handshake
    assertThat(peer.ws(WEBSOCKET + "&sid=" + sid).closeCode()).isEqualTo(1000);
    assertThat(ws.text("4hello").nextText()).isEqualTo("4hello");
    ws.close();
  }

  @Test
  void anUpgradedSessionIsForgottenWhenItEnds() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("2probe").nextText()).isEqualTo("3probe");
    ws.text("5").text("1");
    assertThat(ws.closeCode()).isEqualTo(1000);
    String answer = text(peer.get(session(sid)));
    while (answer.contains("Bad request")) { // the channel is not closed yet
      answer = text(peer.get(session(sid)));
    }
    assertThat(answer).contains("Session ID unknown");
  }

  @Test
  void anotherPacketThanAProbeEndsTheUpgradeOnly() {
    String sid = peer.openPolling(POLLING);
    TestPeer.Ws ws = peer.ws(WEBSOCKET + "&sid=" + sid);
    assertThat(ws.text("4hello").closeCode()).isEqualTo(1000);
    peer.post(session(sid), "4still here");
    assertThat(text(peer.get(session(sid)))).isEqualTo("4still here");
  }
}

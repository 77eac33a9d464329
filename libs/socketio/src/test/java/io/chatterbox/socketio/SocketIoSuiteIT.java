package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Socket.IO protocol, revision 5, rule by rule, over real sockets against [ConformanceServer].
class SocketIoSuiteIT {
  private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

  private static Vertx vertx;
  private static TestPeer peer;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    peer = new TestPeer(ConformanceServer.startAnywhere(vertx).v4());
  }

  @AfterAll
  static void stop() {
    peer.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static TestPeer.Ws opened() {
    TestPeer.Ws ws = peer.ws(WEBSOCKET);
    assertThat(ws.nextText()).startsWith("0{");
    return ws;
  }

  private static TestPeer.Ws joined() {
    TestPeer.Ws ws = opened().text("40");
    assertThat(ws.nextText()).startsWith("40{");
    assertThat(ws.nextText()).isEqualTo("42[\"auth\",{}]");
    return ws;
  }

  private static void endsWhenSent(String packet) {
    TestPeer.Ws ws = joined().text(packet);
    assertThat(ws.closeCode()).as(packet).isEqualTo(1000);
  }

  @Test
  void connectAnswersWithExactlyAnId() {
    TestPeer.Ws ws = opened().text("40");
    assertThat(ws.nextText()).matches("40\\{\"sid\":\"[\\w-]{20}\"}");
    assertThat(ws.nextText()).isEqualTo("42[\"auth\",{}]");
    ws.close();
  }

  @Test
  void connectHandsThePayloadOver() {
    TestPeer.Ws ws = opened().text("40{\"token\":\"123\"}");
    assertThat(ws.nextText()).startsWith("40{\"sid\"");
    assertThat(ws.nextText()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    ws.close();
  }

  @Test
  void connectJoinsACustomNamespace() {
    TestPeer.Ws ws = opened().text("40/custom,");
    assertThat(ws.nextText()).matches("40/custom,\\{\"sid\":\"[\\w-]{20}\"}");
    assertThat(ws.nextText()).isEqualTo("42/custom,[\"auth\",{}]");
    ws.close();
  }

  @Test
  void connectHandsThePayloadOfACustomNamespaceOver() {
    TestPeer.Ws ws = opened().text("40/custom,{\"token\":\"abc\"}");
    assertThat(ws.nextText()).startsWith("40/custom,{");
    assertThat(ws.nextText()).isEqualTo("42/custom,[\"auth\",{\"token\":\"abc\"}]");
    ws.close();
  }

  @Test
  void connectToAnUnknownNamespaceIsRefused() {
    TestPeer.Ws ws = opened().text("40/random");
    assertThat(ws.nextText()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
    ws.close();
  }

  @Test
  void aMalformedFirstPacketEndsTheConnection() {
    assertThat(opened().text("4abc").closeCode()).isEqualTo(1000);
  }

  @Test
  void anEventBeforeConnectEndsTheConnection() {
    assertThat(opened().text("42[\"message\"]").closeCode()).isEqualTo(1000);
  }

  @Test
  void aConnectionThatNeverJoinsIsClosed() {
    TestPeer.Ws ws = opened();
    // answers pings, so that nothing but the missing CONNECT ends it
    for (int i = 0; i < 2; i++) {
      assertThat(ws.next()).isEqualTo("2");
      ws.text("3");
    }
    assertThat(ws.closeCode()).isEqualTo(1000);
  }

  @Test
  void disconnectLeavesTheConnectionOpen() {
    TestPeer.Ws ws = joined().text("41");
    assertThat(ws.next()).isEqualTo("2");
    ws.close();
  }

  @Test
  void disconnectFromOneNamespaceLeavesTheOther() {
    TestPeer.Ws ws = joined().text("40/custom");
    assertThat(ws.nextText()).startsWith("40/custom,{");
    assertThat(ws.nextText()).startsWith("42/custom,[\"auth\"");
    ws.text("41/custom").text("42[\"message\",\"to main\"]");
    assertThat(ws.nextText()).isEqualTo("42[\"message-back\",\"to main\"]");
    ws.close();
  }

  @Test
  void eventsCarryAnyJson() {
    TestPeer.Ws ws = joined().text("42[\"message\",1,\"2\",{\"3\":[true]}]");
    assertThat(ws.nextText()).isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true]}]");
    ws.text("42[\"message\"]");
    assertThat(ws.nextText()).isEqualTo("42[\"message-back\"]");
    ws.close();
  }

  @Test
  void eventsCarryAttachments() {
    TestPeer.Ws ws =
        joined()
            .text(
                "452-[\"message\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
            .binary(1, 2, 3)
            .binary(4, 5, 6);
    assertThat(ws.nextText())
        .isEqualTo(
            "452-[\"message-back\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
    assertThat(ws.nextBinary()).containsExactly(1, 2, 3);
    assertThat(ws.nextBinary()).containsExactly(4, 5, 6);
    ws.close();
  }

  @Test
  void acknowledgementsAnswerWithTheSameId() {
    TestPeer.Ws ws = joined().text("42456[\"message-with-ack\",1,\"2\",{\"3\":[false]}]");
    assertThat(ws.nextText()).isEqualTo("43456[1,\"2\",{\"3\":[false]}]");
    String longId = "1".repeat(100);
    ws.text("42" + longId + "[\"message-with-ack\"]");
    assertThat(ws.nextText()).isEqualTo("43" + longId + "[]");
    ws.close();
  }

  @Test
  void acknowledgementsCarryAttachments() {
    TestPeer.Ws ws =
        joined()
            .text(
                "452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]")
            .binary(1, 2, 3)
            .binary(4, 5, 6);
    assertThat(ws.nextText())
        .isEqualTo("462-789[{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
    assertThat(ws.nextBinary()).containsExactly(1, 2, 3);
    assertThat(ws.nextBinary()).containsExactly(4, 5, 6);
    ws.close();
  }

  @Test
  void unknownPacketTypesEndTheConnection() {
    endsWhenSent("4abc");
    endsWhenSent("49");
    endsWhenSent("4");
    endsWhenSent("44{\"message\":\"not for a client\"}");
  }

  @Test
  void malformedPayloadsEndTheConnection() {
    endsWhenSent("42{}");
    endsWhenSent("42");
    endsWhenSent("42[]");
    endsWhenSent("42[1");
    endsWhenSent("42[\"a\",]");
    endsWhenSent("42[{\"a\":1}]");
    endsWhenSent("42[\"disconnect\"]");
    endsWhenSent("41{}");
    endsWhenSent("43[]");
    endsWhenSent("43");
  }

  @Test
  void malformedIdsEndTheConnection() {
    endsWhenSent("42abc[\"message-with-ack\",1]");
    endsWhenSent("42" + "1".repeat(1000) + "[\"message-with-ack\"]");
  }

  @Test
  void malformedAttachmentsEndTheConnection() {
    endsWhenSent("45[\"message\"]");
    endsWhenSent("4511-[\"message\"]");
    endsWhenSent("451-[\"message\",{\"_placeholder\":true,\"num\":1}]");
    endsWhenSent("451-[\"message\",{\"_placeholder\":true,\"num\":-1}]");
    endsWhenSent("451-[\"message\",{\"_placeholder\":true}]");
    TestPeer.Ws ws = joined().text("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(ws.text("42[\"message\"]").closeCode()).isEqualTo(1000);
    assertThat(joined().binary(1, 2, 3).closeCode()).isEqualTo(1000);
  }

  @Test
  void joiningTwiceEndsTheConnection() {
    endsWhenSent("40");
  }
}

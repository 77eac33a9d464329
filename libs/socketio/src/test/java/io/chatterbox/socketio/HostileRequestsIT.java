package io.chatterbox.socketio;

import static io.chatterbox.socketio.AttackedServer.LIMIT;
import static io.chatterbox.socketio.AttackedServer.POLLING;
import static io.chatterbox.socketio.TestPeer.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Requests that break rules or hold back: each gets the specified end, and nobody else notices.
class HostileRequestsIT {
  private static AttackedServer server;

  @BeforeAll
  static void start() {
    server = new AttackedServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void everyoneElseIsUnaffected() {
    server.everyoneElseIsUnaffected();
  }

  // ---- HTTP

  @Test
  void anAnnouncedBodyAboveTheLimitIsRefusedUnread() throws IOException {
    String sid = server.bystander.openPolling(POLLING);
    try (RawPeer peer = new RawPeer(server.port)) {
      peer.say(
          "POST "
              + POLLING
              + "&sid="
              + sid
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n4");
      assertThat(peer.head()).startsWith("HTTP/1.1 413");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aChunkedBodyAboveTheLimitIsRefused() throws IOException {
    String sid = server.bystander.openPolling(POLLING);
    try (RawPeer peer = new RawPeer(server.port)) {
      peer.say(
          "POST "
              + POLLING
              + "&sid="
              + sid
              + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < LIMIT / 10_000 + 1; i++) {
        peer.say("2710\r\n" + "4".repeat(10_000) + "\r\n");
      }
      assertThat(peer.head()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void twoPostsAtOnceEndTheSession() throws IOException {
    String sid = server.bystander.openPolling(POLLING);
    try (RawPeer peer = new RawPeer(server.port)) {
      peer.say(
          "POST "
              + POLLING
              + "&sid="
              + sid
              + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n4");
      HttpResponse<byte[]> second = server.bystander.post(POLLING + "&sid=" + sid, "40");
      while (second.statusCode() == 200) { // it came before the first
        second = server.bystander.post(POLLING + "&sid=" + sid, "3");
      }
      assertThat(second.statusCode()).isEqualTo(400);
      assertThat(server.bystander.get(POLLING + "&sid=" + sid).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void besideSlowLorisPeersAHandshakeIsQuickAndTheyAreEnded() throws IOException {
    List<RawPeer> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        String sid = server.bystander.openPolling(POLLING);
        RawPeer amidBody = new RawPeer(server.port);
        amidBody.say(
            "POST "
                + POLLING
                + "&sid="
                + sid
                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n4");
        slow.add(amidBody);
        RawPeer amidHead = new RawPeer(server.port);
        amidHead.say("POST " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: x\r\nCon");
        slow.add(amidHead);
      }
      assertThat(
              server
                  .bystander
                  .getLater(POLLING)
                  .orTimeout(1, TimeUnit.SECONDS)
                  .thenApply(HttpResponse::statusCode)
                  .join())
          .isEqualTo(200);
      assertThat(slow.getFirst().head()).startsWith("HTTP/1.1 408");
      assertThat(slow.getFirst().isEnded()).isTrue();
    } finally {
      for (RawPeer peer : slow) {
        peer.close();
      }
    }
  }

  @Test
  void aForeignSessionIsUnknown() {
    HttpResponse<byte[]> response = server.bystander.get(POLLING + "&sid=AAAAAAAAAAAAAAAAAAAA");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response)).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
  }
}

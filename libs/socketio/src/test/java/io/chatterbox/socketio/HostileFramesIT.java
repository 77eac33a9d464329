package io.chatterbox.socketio;

import static io.chatterbox.socketio.AttackedServer.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames and packets that break rules: each gets the specified end, and nobody else notices.
class HostileFramesIT {
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

  // ---- WebSocket frames

  @Test
  void anUnmaskedFrameEndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(server.port)) {
      peer.say(new byte[] {(byte) 0x81, 1, '4'});
      assertThat(peer.closing()).isEqualTo("close 1002");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void anOverlongFrameIsRefusedByItsHeaderAlone() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(server.port)) {
      peer.say(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
      assertThat(peer.closing()).isEqualTo("close 1009");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void anOverlongMessageOfManyFragmentsIsRefused() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(server.port)) {
      peer.frame(0x01, "4".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < LIMIT / 1000; i++) {
        peer.frame(0x00, new byte[1000]);
      }
      assertThat(peer.closing()).isEqualTo("close 1009");
    }
  }

  @Test
  void aFloodOfEmptyFragmentsHarmsNobody() throws IOException {
    try (RawPeer peer = server.joined()) {
      peer.frame(0x01, "42".getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 20_000; i++) {
        peer.frame(0x00, new byte[0]);
      }
      peer.frame(0x80, "7[\"x\",1]".getBytes(StandardCharsets.UTF_8));
      assertThat(peer.frame()).isEqualTo("437[1]");
    }
  }

  @Test
  void invalidUtf8EndsTheConnection() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(server.port)) {
      peer.frame(0x81, new byte[] {'4', '2', '[', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80});
      assertThat(peer.closing()).isEqualTo("close 1007");
    }
  }

  // ---- packets

  @Test
  void jsonNestedDeepEndsTheConnection() throws IOException {
    try (RawPeer peer = server.joined()) {
      peer.text("42[\"x\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]");
      assertThat(peer.closing()).isEqualTo("close 1000");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void jsonWithAsManyElementsAsFitIsTaken() throws IOException {
    try (RawPeer peer = server.joined()) {
      String many = "1,".repeat(LIMIT / 2 - 20) + "1";
      assertThat(peer.text("421[\"x\",[" + many + "]]").frame()).isEqualTo("431[[" + many + "]]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {129, 10_000, 90_000})
  void anEndlessAckIdEndsTheConnection(int digits) throws IOException {
    try (RawPeer peer = server.joined()) {
      peer.text("42" + "1".repeat(digits) + "[\"x\"]");
      assertThat(peer.closing()).isEqualTo("close 1000");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4511-[\"x\"]",
        "451-[\"x\",{\"_placeholder\":true,\"num\":1}]",
        "451-[\"x\",{\"_placeholder\":true,\"num\":-1}]",
        "4599999999999999999999-[\"x\"]"
      })
  void placeholdersWithWrongCountsEndTheConnection(String packet) throws IOException {
    try (RawPeer peer = server.joined()) {
      assertThat(peer.text(packet).closing()).isEqualTo("close 1000");
    }
  }

  @Test
  void aConnectionThatNeverSendsConnectIsClosed() throws IOException {
    try (RawPeer peer = RawPeer.webSocket(server.port)) {
      assertThat(peer.closing()).isEqualTo("close 1000");
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void aClientCannotJoinNamespacesWithoutEnd() throws IOException {
    try (RawPeer peer = server.joined()) {
      for (int i = 0; i < 64; i++) {
        peer.text("40/n" + i);
      }
      for (int i = 0; i < 63; i++) { // and the one it was in before
        assertThat(peer.frame()).startsWith("40/n" + i + ",");
      }
      assertThat(peer.closing()).isEqualTo("close 1000");
    }
  }
}

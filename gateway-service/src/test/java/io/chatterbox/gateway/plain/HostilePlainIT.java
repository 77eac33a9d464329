package io.chatterbox.gateway.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.chatterbox.gateway.authority.Revocations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HostilePlainIT {
  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Inject AuthPart auth;
  @Inject Revocations revocations;

  @BeforeEach
  void aWholeList() {
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "{",
        "{}",
        "[]",
        "7",
        "null",
        "{\"event\":7}",
        "{\"event\":null}",
        "{\"data\":{}}",
        "{\"event\":\"heartbeat\",\"event\":\"heartbeat\"}",
        "{\"event\":\"heartbeat\",\"\\u0065vent\":\"heartbeat\"}",
        "{\"event\":\"heartbeat\",\"data\":{},\"data\":{}}",
        "{\"event\":\"heartbeat\",\"id\":1,\"id\":2}",
        "{\"event\":\"heartbeat\",\"id\":{}}",
        "{\"event\":\"heartbeat\",\"id\":true}",
        "{\"event\":\"heartbeat\",\"id\":\"12345678901234567890123456789012345678901234567890123456789012345\"}",
        "{\"event\":\"heartbeat\",\"id\":12345678901234567890123456789012345678901234567890123456789012345}",
        "{\"event\":\"heartbeat\",\"id\":01}",
        "{\"event\":\"heartbeat\"}x",
        "{\"event\":\"heartbeat\",}",
        "{'event':'heartbeat'}",
        "40",
        "42[\"heartbeat\"]",
      })
  void whatIsNoMessageIsToldAndHarmsNothing(String message) throws Exception {
    try (PlainPeer peer = peer()) {
      peer.send(message);
      assertThat(peer.heard("\"event\":\"error\""))
          .startsWith(
              "{\"event\":\"error\",\"data\":{\"code\":\"VALIDATION_ERROR\",\"message\":\"");
      isAlive(peer);
    }
  }

  @Test
  void nestingHasItsEnd() throws Exception {
    try (PlainPeer peer = peer()) {
      peer.send(
          "{\"event\":\"heartbeat\",\"data\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}");
      assertThat(peer.heard("\"event\":\"error\"")).contains("VALIDATION_ERROR", "nested too deep");
      isAlive(peer);
    }
  }

  @Test
  void binaryIsRefused() throws Exception {
    try (PlainPeer peer = peer()) {
      peer.sendBinary(
          "{\"event\":\"heartbeat\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertThat(peer.heard("\"event\":\"error\"")).contains("VALIDATION_ERROR", "not binary");
      isAlive(peer);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no-such-event", "connect", "disconnect", "error", "new-message", "reply"})
  void anEventThatThereIsNotIsRefused(String event) throws Exception {
    try (PlainPeer peer = peer()) {
      peer.send("{\"event\":\"" + event + "\",\"id\":\"a b\\\"c\"}");
      assertThat(peer.heard("\"reply\":\"a b"))
          .startsWith(
              "{\"reply\":\"a b\\\"c\",\"success\":false,\"error\":{\"code\":\"UNKNOWN_EVENT\"");
      peer.send("{\"event\":\"" + event + "\"}");
      assertThat(peer.heard("\"event\":\"error\"")).contains("UNKNOWN_EVENT");
      isAlive(peer);
    }
  }

  @Test
  void aMessageThatIsTooLargeEndsItsConnectionAlone() throws Exception {
    try (PlainPeer peer = peer();
        PlainPeer other = peer()) {
      peer.send("{\"event\":\"heartbeat\",\"data\":\"" + "x".repeat(1_100_000) + "\"}");
      assertThat(peer.closed()).isEqualTo(1009);
      isAlive(other);
    }
  }

  @Test
  void whoFloodsIsRefusedAndWhoDoesNotReadIsClosed() throws Exception {
    try (PlainPeer peer = peer();
        PlainPeer other = peer()) {
      peer.stopReading();
      int sent = 0;
      while (sent < 200_000 && !peer.isClosed()) {
        try {
          peer.send("{\"event\":\"heartbeat\",\"id\":" + sent++ + "}");
        } catch (java.util.concurrent.CompletionException e) {
          break;
        }
      }
      isAlive(other);
      Wire.await(() -> !isOpen(peer));
    }
  }

  @Test
  void whoPingsTooOftenIsClosed() throws Exception {
    try (PlainPeer peer = peer()) {
      Wire.await(() -> {
        if (isOpen(peer)) {
          peer.ping();
        }
        return peer.isClosed();
      });
      assertThat(peer.closed()).isEqualTo(1008);
    }
  }

  private static boolean isOpen(PlainPeer peer) {
    if (peer.isClosed()) {
      return false;
    }
    try {
      peer.send("{}");
      return true;
    } catch (java.util.concurrent.CompletionException e) {
      return false;
    }
  }

  private PlainPeer peer() throws Exception {
    return PlainPeer.signedIn(server, PlainIT.ip(), TestTokens.good(Subject.fresh()));
  }

  private static void isAlive(PlainPeer peer) {
    peer.send("{\"event\":\"heartbeat\",\"id\":\"alive\"}");
    peer.heard("\"reply\":\"alive\"");
  }
}

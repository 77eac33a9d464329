package io.chatterbox.gateway.plain;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.chatterbox.contract.Revocation;
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
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class PlainIT {
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

  @Test
  void authenticatesWithItsFirstMessageAndIsAnswered() throws Exception {
    Subject one = Subject.fresh();
    try (PlainPeer peer = PlainPeer.open(server, ip())) {
      peer.auth(TestTokens.good(one));
      assertThat(peer.heard("\"event\":\"authenticated\""))
          .startsWith("{\"event\":\"authenticated\",\"data\":{")
          .contains("\"userId\":\"" + one.userId() + "\"", "\"socketId\":");
      assertThat(peer.heard("\"reply\":\"auth\""))
          .isEqualTo("{\"reply\":\"auth\",\"success\":true,\"userId\":\"" + one.userId() + "\"}");
      peer.send("{\"id\":-1.5e3, \"event\":\"heartbeat\"}");
      assertThat(peer.heard("\"reply\":-1.5e3")).contains("\"success\":true", "\"serverTime\":");
    }
  }

  @Test
  void authenticatesByTheHeaderOfTheUpgrade() throws Exception {
    String token = TestTokens.good(Subject.fresh());
    try (PlainPeer peer = PlainPeer.open(server, ip(), "Authorization", "Bearer " + token)) {
      peer.heard("\"event\":\"authenticated\"");
    }
    try (PlainPeer peer = PlainPeer.open(server, ip(), "Authorization", "Bearer nonsense")) {
      assertThat(peer.heard("\"event\":\"unauthorized\"")).contains("UNAUTHORIZED");
      peer.auth(token);
      peer.heard("\"event\":\"authenticated\"");
    }
  }

  @Test
  void handlesWhatFollowsItsTokenAfterIt() throws Exception {
    try (PlainPeer peer = PlainPeer.open(server, ip())) {
      peer.auth(TestTokens.good(Subject.fresh()));
      peer.send("{\"event\":\"heartbeat\",\"id\":1}");
      assertThat(peer.heard("\"reply\":1")).contains("\"success\":true");
    }
  }

  @Test
  void doesNothingForNobody() throws Exception {
    try (PlainPeer peer = PlainPeer.open(server, ip())) {
      peer.send("{\"event\":\"send-message\",\"data\":{},\"id\":1}");
      assertThat(peer.heard("\"reply\":1"))
          .isEqualTo(
              "{\"reply\":1,\"success\":false,\"error\":{\"code\":\"UNAUTHORIZED\",\"message\":\"Authenticate first.\"}}");
    }
  }

  @Test
  void refusesBadTokensAndStaysUsable() throws Exception {
    Subject one = Subject.fresh();
    for (Map.Entry<String, String> bad : TestTokens.bad(one).entrySet()) {
      try (PlainPeer peer = PlainPeer.open(server, ip())) {
        peer.auth(bad.getValue());
        assertThat(peer.heard("\"event\":\"unauthorized\"")).contains("UNAUTHORIZED");
        assertThat(peer.heard("\"reply\":\"auth\"")).contains("\"success\":false");
        peer.auth(TestTokens.good(one));
        peer.heard("\"event\":\"authenticated\"");
      }
    }
  }

  @Test
  void isClosedIfItDoesNotAuthenticateInTime() throws Exception {
    try (PlainPeer peer = PlainPeer.open(server, ip())) {
      assertThat(peer.heard("\"event\":\"unauthorized\"")).contains("Authenticate in time.");
      assertThat(peer.closed()).isEqualTo(4401);
    }
  }

  @Test
  void endsWithItsSession() throws Exception {
    Subject one = Subject.fresh();
    try (PlainPeer ends = PlainPeer.signedIn(server, ip(), TestTokens.good(one));
        PlainPeer stays = PlainPeer.signedIn(server, ip(), TestTokens.good(one.elsewhere()))) {
      auth.revoke(Revocation.ofSession(one.sessionId()));
      ends.heard("\"event\":\"unauthorized\"");
      assertThat(ends.closed()).isEqualTo(4401);
      stays.send("{\"event\":\"heartbeat\",\"id\":1}");
      stays.heard("\"reply\":1");
    }
  }

  @Test
  void endsWithItsToken() throws Exception {
    String token = TestTokens.lasting(Subject.fresh(), Duration.ofSeconds(2));
    try (PlainPeer peer = PlainPeer.signedIn(server, ip(), token)) {
      peer.heard("\"event\":\"token-expiring\"");
      assertThat(peer.heard("\"event\":\"unauthorized\"")).contains("TOKEN_EXPIRED");
      assertThat(peer.closed()).isEqualTo(4401);
    }
  }

  @Test
  void countsWithTheSocketsOfItsUser() throws Exception {
    Subject one = Subject.fresh();
    List<PlainPeer> peers = new ArrayList<>();
    try (Wire wire = Wire.open(server, ip(), TestTokens.good(one))) {
      wire.heard("authenticated");
      for (int i = 0; i < 4; i++) {
        peers.add(PlainPeer.signedIn(server, ip(), TestTokens.good(one)));
      }
      try (PlainPeer sixth = PlainPeer.open(server, ip())) {
        sixth.auth(TestTokens.good(one));
        assertThat(sixth.heard("\"reply\":\"auth\"")).contains("RATE_LIMITED", "retryAfterMs");
      }
      peers.removeFirst().close();
      try (PlainPeer again = PlainPeer.open(server, ip())) {
        Wire.await(() -> {
          again.auth(TestTokens.good(one));
          return again.messages().stream().anyMatch(m -> m.contains("authenticated"));
        });
      }
    } finally {
      peers.forEach(PlainPeer::close);
    }
  }

  @Test
  void countsWithTheSocketsOfItsAddress() throws Exception {
    String ip = ip();
    List<AutoCloseable> all = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        all.add(PlainPeer.open(server, ip));
      }
      Wire fifth = Wire.open(server, ip);
      all.add(fifth);
      fifth.heard("40{");
      assertThatThrownBy(() -> PlainPeer.open(server, ip))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              WebSocketHandshakeException.class,
              e -> assertThat(e.getResponse().statusCode()).isEqualTo(429));
    } finally {
      for (AutoCloseable one : all) {
        one.close();
      }
    }
  }

  @Test
  void letsInPagesOfThisHostAndOfTheListOnly() throws Exception {
    PlainPeer.open(server, ip(), "Origin", "https://chat.example.org").close();
    PlainPeer.open(server, ip(), "Origin", "http://" + server.getAuthority()).close();
    PlainPeer.open(server, ip()).close();
    assertThatThrownBy(() -> PlainPeer.open(server, ip(), "Origin", "https://evil.example.org"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));
  }

  @Test
  void tellsWhoAsksWithoutAnUpgrade() {
    given()
        .get("/ws")
        .then()
        .statusCode(400)
        .body("success", equalTo(false))
        .body("error.code", equalTo("VALIDATION_ERROR"));
  }

  @Test
  void takesNobodyInWhileItDoesNotKnowWhoWasSignedOut() throws Exception {
    auth.empty();
    Wire.await(() -> !revocations.isWhole());
    assertThatThrownBy(() -> PlainPeer.open(server, ip()))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(503));
  }

  static String ip() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(1, 255);
  }
}

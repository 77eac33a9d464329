package io.chatterbox.gateway.authority;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.chatterbox.contract.Revocation;
import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class AuthorityIT {
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
  void aSessionThatEndsTakesItsSocketsAndCallsAlongAndNobodyElses() throws Exception {
    Subject one = Subject.fresh();
    Subject other = one.elsewhere();
    try (Wire ends = Wire.open(server, ip(), TestTokens.good(one));
        Wire stays = Wire.open(server, ip(), TestTokens.good(other))) {
      ends.heard("authenticated");
      stays.heard("authenticated");
      call(one).statusCode(200);
      auth.revoke(Revocation.ofSession(one.sessionId()));
      assertThat(ends.heard("\"unauthorized\"")).contains("UNAUTHORIZED");
      ends.ended();
      call(one).statusCode(401).body("error.code", equalTo("UNAUTHORIZED"));
      call(other).statusCode(200);
      assertThat(stays.isEnded()).isFalse();
    }
  }

  @Test
  void aUserThatIsRevokedIsOutOnAllDevices() throws Exception {
    Subject one = Subject.fresh();
    try (Wire here = Wire.open(server, ip(), TestTokens.good(one));
        Wire there = Wire.open(server, ip(), TestTokens.good(one.elsewhere()))) {
      here.heard("authenticated");
      there.heard("authenticated");
      auth.revoke(Revocation.ofUser(one.userId()));
      here.ended();
      there.ended();
      call(one.elsewhere()).statusCode(401);
    }
  }

  @Test
  void aRevocationWhoseMessageWasLostIsReadAllTheSame() throws Exception {
    Subject one = Subject.fresh();
    try (Wire socket = Wire.open(server, ip(), TestTokens.good(one))) {
      socket.heard("authenticated");
      auth.listed(Revocation.ofSession(one.sessionId()));
      socket.heard("\"unauthorized\"");
      socket.ended();
      call(one).statusCode(401);
    }
  }

  @Test
  void whoWasSignedOutStaysOutWhenRedisHasLostEverything() throws Exception {
    Subject one = Subject.fresh();
    auth.revoke(Revocation.ofSession(one.sessionId()));
    Wire.await(() -> call(one).extract().statusCode() == 401);
    auth.empty();
    Wire.await(() -> !revocations.isWhole());
    call(one).statusCode(401);
    // nobody new before the list is whole again
    given().get("/socket.io/?EIO=4&transport=polling").then().statusCode(503);
    // even if it comes back without him
    auth.restore();
    Wire.await(revocations::isWhole);
    call(one).statusCode(401);
    try (Wire socket = Wire.open(server, ip(), TestTokens.good(one))) {
      assertThat(socket.heard("\"unauthorized\"")).contains("UNAUTHORIZED");
    }
  }

  @Test
  void aRevocationIsReadAgainFromAListThatBeganAnew() throws Exception {
    for (int i = 0; i < 3; i++) {
      auth.listed(Revocation.ofSession("before-" + i));
    }
    Wire.await(() -> isRevoked("before-2"));
    auth.empty();
    auth.restore();
    // its version is one that was read before
    auth.listed(Revocation.ofSession("after"));
    Wire.await(() -> isRevoked("after"));
  }

  @Test
  void noSocketSlipsInBetweenItsCheckAndItsRegistration() throws Exception {
    List<Wire> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        Subject one = Subject.fresh();
        Wire socket = Wire.open(server, ip(), TestTokens.good(one));
        sockets.add(socket);
        Thread revoker =
            Thread.ofVirtual()
                .start(() -> {
                  java.util.concurrent.locks.LockSupport.parkNanos(
                      ThreadLocalRandom.current().nextLong(20_000_000));
                  auth.revoke(Revocation.ofSession(one.sessionId()));
                });
        revoker.join();
      }
      // each was refused, or let in and ended
      for (Wire socket : sockets) {
        socket.heard("\"unauthorized\"");
      }
    } finally {
      sockets.forEach(Wire::close);
    }
  }

  @Test
  void refusesForgedTokensOfEveryKindForSocketsAndCalls() throws Exception {
    for (Map.Entry<String, String> bad : TestTokens.bad(Subject.fresh()).entrySet()) {
      call(bad.getValue())
          .statusCode(401)
          .body("error.code", equalTo("UNAUTHORIZED"))
          .body("success", equalTo(false));
      try (Wire socket = Wire.open(server, ip(), bad.getValue())) {
        assertThat(socket.heard("\"unauthorized\""))
            .as(bad.getKey())
            .contains("\"code\":\"UNAUTHORIZED\"");
      }
    }
    call(TestTokens.expired(Subject.fresh()))
        .statusCode(401)
        .body("error.code", equalTo("TOKEN_EXPIRED"));
  }

  @Test
  void anExpiringTokenIsToldAndEndsItsSocket() throws Exception {
    try (Wire socket =
        Wire.open(server, ip(), TestTokens.lasting(Subject.fresh(), Duration.ofSeconds(8)))) {
      socket.heard("authenticated");
      socket.heard("token-expiring");
      assertThat(socket.heard("\"unauthorized\"")).contains("TOKEN_EXPIRED");
      socket.ended();
    }
  }

  @Test
  void aFreshTokenOfTheSameUserCarriesOn() throws Exception {
    Subject one = Subject.fresh();
    Subject next = one.elsewhere();
    try (Wire socket = Wire.open(server, ip(), TestTokens.lasting(one, Duration.ofSeconds(8)));
        Wire expires =
            Wire.open(server, ip(), TestTokens.lasting(Subject.fresh(), Duration.ofSeconds(8)))) {
      socket.heard("token-expiring");
      expires.heard("token-expiring");
      socket.send(auth(1, TestTokens.good(Subject.fresh())));
      assertThat(socket.heard("431[")).contains("\"success\":false").contains("UNAUTHORIZED");
      socket.send(auth(2, Objects.requireNonNull(TestTokens.bad(one).get("truncated"))));
      assertThat(socket.heard("432[")).contains("\"success\":false");
      socket.send(auth(3, TestTokens.good(next)));
      assertThat(socket.heard("433[")).contains("\"success\":true").contains(one.userId());
      expires.ended();
      socket.send("424[\"heartbeat\",{}]");
      assertThat(socket.heard("434[")).contains("\"success\":true");
      // it lives by the other session now
      auth.revoke(Revocation.ofSession(one.sessionId()));
      auth.revoke(Revocation.ofSession("another"));
      Wire.await(() -> isRevoked("another"));
      assertThat(socket.isEnded()).isFalse();
      auth.revoke(Revocation.ofSession(next.sessionId()));
      socket.ended();
    }
  }

  @Test
  void aRevokedTokenRenewsNothing() throws Exception {
    Subject one = Subject.fresh();
    Subject gone = one.elsewhere();
    auth.revoke(Revocation.ofSession(gone.sessionId()));
    Wire.await(() -> isRevoked(gone.sessionId()));
    try (Wire socket = Wire.open(server, ip(), TestTokens.good(one))) {
      socket.heard("authenticated");
      socket.send(auth(1, TestTokens.good(gone)));
      assertThat(socket.heard("431[")).contains("\"success\":false");
      socket.send("422[\"heartbeat\",{}]");
      assertThat(socket.heard("432[")).contains("\"success\":true");
    }
  }

  @Test
  void whoDoesNotAuthenticateIsPutOut() throws Exception {
    try (Wire socket = Wire.open(server, ip())) {
      assertThat(socket.heard("\"unauthorized\"")).contains("UNAUTHORIZED");
      socket.ended();
    }
  }

  @Test
  void aUserHasSoManySockets() throws Exception {
    Subject one = Subject.fresh();
    List<Wire> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        Wire socket = Wire.open(server, ip(), TestTokens.good(one));
        sockets.add(socket);
        socket.heard("authenticated");
      }
      Wire more = Wire.open(server, ip(), TestTokens.good(one));
      sockets.add(more);
      // the token is good, so it is no `unauthorized`
      assertThat(more.heard("\"error\""))
          .contains("\"code\":\"RATE_LIMITED\"")
          .contains("\"event\":\"auth\"")
          .contains("retryAfterMs");
      more.send(auth(7, TestTokens.good(one)));
      assertThat(more.heard("437[")).contains("\"success\":false").contains("RATE_LIMITED");
      assertThat(more.frames()).noneMatch(frame -> frame.contains("\"unauthorized\""));
      sockets.getFirst().send("41");
      Wire.await(() -> {
        more.send(auth(1, TestTokens.good(one)));
        return more.frames().stream().anyMatch(frame -> frame.contains("\"authenticated\""));
      });
    } finally {
      sockets.forEach(Wire::close);
    }
  }

  @Test
  void aTokenThatCannotBeCheckedIsNotCalledBad() throws Exception {
    try (Wire socket = Wire.open(server, ip())) {
      socket.heard("40{");
      auth.empty();
      Wire.await(() -> !revocations.isWhole());
      socket.send(auth(1, TestTokens.good(Subject.fresh())));
      assertThat(socket.heard("431["))
          .contains("\"success\":false")
          .contains("\"code\":\"UNAVAILABLE\"")
          .contains("retryAfterMs");
      assertThat(socket.frames()).noneMatch(frame -> frame.contains("\"unauthorized\""));
      auth.restore();
      Wire.await(revocations::isWhole);
      socket.send(auth(2, TestTokens.good(Subject.fresh())));
      assertThat(socket.heard("432[")).contains("\"success\":true");
    }
  }

  private boolean isRevoked(String sessionId) {
    return revocations.isRevoked(new Token("nobody", "nobody", sessionId, java.time.Instant.MAX));
  }

  private static String auth(int id, String token) {
    return "42" + id + "[\"auth\",{\"token\":\"" + token + "\"}]";
  }

  private static ValidatableResponse call(Subject subject) {
    return call(TestTokens.good(subject));
  }

  private static ValidatableResponse call(String token) {
    return given().header("X-Forwarded-For", ip()).auth().oauth2(token).get("/api/rooms").then();
  }

  private static String ip() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
  }
}

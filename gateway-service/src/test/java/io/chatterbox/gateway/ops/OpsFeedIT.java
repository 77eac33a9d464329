package io.chatterbox.gateway.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

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
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OpsFeedIT {
  private static final int UNAUTHORIZED = 4401;
  private static final int FORBIDDEN = 4403;

  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Inject AuthPart auth;
  @Inject Revocations revocations;
  @Inject OtherGateway other;

  @AfterEach
  void deaf() {
    other.close();
  }

  @BeforeEach
  void aWholeList() {
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @Test
  void anOperatorSeesThisGatewayWithItsFigures() throws Exception {
    Subject someone = Subject.fresh();
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()));
        Wire socket = Wire.open(server, ip(), TestTokens.good(someone))) {
      socket.heard("authenticated");
      assertThat(page.heard("\"welcome\"")).contains("expiresAt");
      assertThat(page.heard("\"picture\"", "\"service\":\"gateway\"", "\"state\":\"UP\""))
          .contains("\"totals\"", "heapBytes");
      Wire.await(() -> page.frames().stream().anyMatch(OpsFeedIT::hasConnections));
    }
  }

  @Test
  void whoIsNoOperatorIsRefusedWithACode() throws Exception {
    try (OpsPage page = OpsPage.open(server, TestTokens.good(Subject.fresh()))) {
      assertThat(page.heard("\"refused\"")).contains("\"code\":\"FORBIDDEN\"");
      assertThat(page.ended()).isEqualTo(FORBIDDEN);
      assertThat(page.frames()).noneMatch(frame -> frame.contains("picture"));
    }
  }

  @Test
  void badTokensAndNoTokenAreRefusedWithACode() throws Exception {
    for (Map.Entry<String, String> bad : TestTokens.bad(operator()).entrySet()) {
      try (OpsPage page = OpsPage.open(server, bad.getValue())) {
        assertThat(page.heard("\"refused\"")).as(bad.getKey()).contains("UNAUTHORIZED");
        assertThat(page.ended()).isEqualTo(UNAUTHORIZED);
      }
    }
    try (OpsPage page = OpsPage.open(server, TestTokens.expired(operator()))) {
      assertThat(page.heard("\"refused\"")).contains("TOKEN_EXPIRED");
      assertThat(page.ended()).isEqualTo(UNAUTHORIZED);
    }
    try (OpsPage page = OpsPage.open(server)) {
      page.send("{\"id\":1,\"action\":\"letters\"}");
      assertThat(page.heard("\"refused\"")).contains("UNAUTHORIZED");
      assertThat(page.ended()).isEqualTo(UNAUTHORIZED);
    }
    try (OpsPage silent = OpsPage.open(server)) {
      assertThat(silent.ended()).isEqualTo(UNAUTHORIZED);
    }
  }

  @Test
  void aRevokedOrExpiredTokenClosesTheFeed() throws Exception {
    // also when nobody has looked for a moment
    OpsPage.open(server, TestTokens.good(operator())).close();
    Subject one = operator();
    Subject other = operator();
    try (OpsPage ends = OpsPage.open(server, TestTokens.good(one));
        OpsPage unheard = OpsPage.open(server, TestTokens.good(other));
        OpsPage expires =
            OpsPage.open(server, TestTokens.lasting(operator(), Duration.ofSeconds(3)));
        OpsPage stays = OpsPage.open(server, TestTokens.good(operator()))) {
      ends.heard("\"picture\"");
      unheard.heard("\"picture\"");
      auth.revoke(Revocation.ofSession(one.sessionId()));
      auth.listed(Revocation.ofSession(other.sessionId()));
      assertThat(ends.ended()).isEqualTo(UNAUTHORIZED);
      assertThat(unheard.ended()).isEqualTo(UNAUTHORIZED);
      assertThat(expires.ended()).isEqualTo(UNAUTHORIZED);
      assertThat(expires.heard("\"refused\"")).contains("TOKEN_EXPIRED");
      assertThat(stays.isEnded()).isFalse();
    }
  }

  @Test
  void aFreshTokenOfTheSameAccountCarriesOnAndAnotherAccountsDoesNot() throws Exception {
    try (OpsPage page =
        OpsPage.open(server, TestTokens.lasting(operator(), Duration.ofSeconds(4)))) {
      String first = page.heard("\"welcome\"");
      page.token(TestTokens.good(operator()));
      Wire.await(() ->
          page.frames().stream()
              .anyMatch(frame -> frame.contains("\"welcome\"") && !frame.equals(first)));
      page.token(TestTokens.good(Subject.fresh()));
      assertThat(page.ended()).isIn(UNAUTHORIZED, FORBIDDEN);
    }
  }

  @Test
  void figuresOfAnotherGatewayAreJoinedAndItsSilenceIsSeen() throws Exception {
    String name = "other-" + UUID.randomUUID();
    String row = "\"name\":\"" + name + "\",\"service\":\"gateway\",\"state\":";
    other.lives(name);
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()))) {
      page.heard(row + "\"UP\"");
      // it says 5,000 connections, and this gateway has a few
      page.heard(name, "\"totals\":{\"connections\":50");
      other.close();
      page.heard(row + "\"DOWN\"");
      other.saysGoodbye(name);
      Wire.await(() -> !page.frames().getLast().contains(name));
      assertThat(page.isEnded()).isFalse();
    }
  }

  @Test
  void thePageIsServedUnderTheStrictPolicy() {
    given()
        .get("/ops")
        .then()
        .statusCode(200)
        .header("Content-Security-Policy", containsString("script-src 'self'"))
        .header("Content-Security-Policy", not(containsString("unsafe-inline")))
        .body(containsString("operations"));
  }

  private static Subject operator() {
    return new Subject(Surroundings.OPERATOR, UUID.randomUUID().toString());
  }

  private static boolean hasConnections(String frame) {
    return frame.contains("\"picture\"") && !frame.contains("\"totals\":{\"connections\":0.0");
  }

  private static String ip() {
    return "10.77." + (int) (Math.random() * 250) + "." + (int) (Math.random() * 250);
  }
}

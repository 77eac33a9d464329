package io.chatterbox.gateway.authority;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.Revocation;
import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A gateway that does not hear of Redis, which may be well for everybody else.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class UnheardRedisIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Inject AuthPart auth;
  @Inject Revocations revocations;

  @BeforeEach
  void aWholeList() {
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @Test
  void aCallIsRefusedWhileItIsNotKnownWhatWasRevoked() {
    String token = TestTokens.good(Subject.fresh());
    await().atMost(PATIENCE).until(() -> !isUnchecked(token));
    auth.standStill(Duration.ofSeconds(12));
    await().atMost(PATIENCE).until(() -> isUnchecked(token));
    await().atMost(PATIENCE).until(() -> !isUnchecked(token));
  }

  @Test
  void afterASilenceItWaitsForWhatAuthServiceCouldNotTell() {
    String token = TestTokens.good(Subject.fresh());
    await().atMost(PATIENCE).until(() -> !isUnchecked(token));
    long before = auth.beginLook();
    auth.standStill(Duration.ofSeconds(9));
    await().atMost(PATIENCE).until(() -> isUnchecked(token));

    awaitReading();
    assertThat(isUnchecked(token)).isTrue();
    // it may have looked before something was revoked
    auth.endLook(before);
    awaitReading();
    assertThat(isUnchecked(token)).isTrue();

    auth.endLook(auth.beginLook());
    awaitReading();
    assertThat(isUnchecked(token)).isFalse();
  }

  /// Returns when the gateway has read the list again.
  private void awaitReading() {
    Token other = new Token(Subject.fresh().userId(), "somebody", "anywhere", Instant.MAX);
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> {
          auth.listed(Revocation.ofUser(other.userId()));
          return true;
        });
    await().atMost(PATIENCE).until(() -> revocations.isRevoked(other));
  }

  private static boolean isUnchecked(String token) {
    String answer = given().auth().oauth2(token).get("/api/rooms").asString();
    return answer.contains("The token cannot be checked now.");
  }
}

package io.chatterbox.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.chatterbox.auth.Calls;
import io.chatterbox.auth.MovableClock;
import io.chatterbox.auth.OtherServices;
import io.chatterbox.auth.revocations.Revocations;
import io.chatterbox.contract.Revocation;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(OtherServices.class)
class SessionsIT extends Calls {
  @Inject Sessions sessions;
  @Inject Revocations revocations;

  @AfterEach
  void now() {
    MovableClock.ahead(Duration.ZERO);
  }

  @Test
  void aTokenUsedAgainAfterTheGraceEndsTheSessionAndItsTokens() {
    Response one = someone();
    String first = one.path("data.refreshToken");
    String second = refresh(first).statusCode(200).extract().path("data.refreshToken");
    MovableClock.ahead(Duration.ofSeconds(11));
    refresh(first).statusCode(401).body("error.code", equalTo("UNAUTHORIZED"));
    refresh(second).statusCode(401);
    assertThat(isRevoked(sessionOf(first))).isTrue();
  }

  @Test
  void aRefreshTokenEndsWithItsLife() {
    String token = someone().path("data.refreshToken");
    MovableClock.ahead(Duration.ofDays(7).plusSeconds(1));
    refresh(token).statusCode(401);
    // it was not stolen
    assertThat(isRevoked(sessionOf(token))).isFalse();
  }

  @Test
  void loggingOutEndsThisSessionOnly() {
    String name = unused();
    Response one = register(name, name + "@example.org");
    Response other = login(name + "@example.org", PASSWORD).statusCode(200).extract().response();
    post("logout", one.path("data.accessToken"), Map.of()).statusCode(200);
    refresh(one.path("data.refreshToken")).statusCode(401);
    refresh(other.path("data.refreshToken")).statusCode(200);
    assertThat(isRevoked(sessionOf(one.path("data.refreshToken")))).isTrue();
    assertThat(isRevoked(sessionOf(other.path("data.refreshToken")))).isFalse();
  }

  @Test
  void listsAndEndsOnesOwnDevices() {
    String name = unused();
    Response one = register(name, name + "@example.org");
    String token = one.path("data.accessToken");
    Response other =
        calling()
            .header("User-Agent", "phone")
            .body(Map.of("email", name + "@example.org", "password", PASSWORD))
            .post("/api/auth/login");
    String phone = sessionOf(other.path("data.refreshToken"));
    calling()
        .auth()
        .oauth2(token)
        .get("/api/auth/sessions")
        .then()
        .statusCode(200)
        .body("data.sessions._id", hasSize(2))
        .body("data.pagination.total", equalTo(2))
        .body("data.sessions.find { it._id == '" + phone + "' }.userAgent", equalTo("phone"))
        .body("data.sessions.find { it._id == '" + phone + "' }.current", equalTo(false))
        .body("data.sessions.findAll { it.current }", hasSize(1));
    // nobody else's
    end(someone().path("data.accessToken"), phone, 404);
    end(token, "nothing", 404);
    end(token, phone, 200);
    end(token, phone, 404);
    refresh(other.path("data.refreshToken")).statusCode(401);
    calling()
        .auth()
        .oauth2(token)
        .get("/api/auth/sessions")
        .then()
        .body("data.sessions._id", equalTo(List.of(sessionOf(one.path("data.refreshToken")))));
  }

  @Test
  void refreshesAtTheMomentOfLogoutLeaveNoGoodToken() throws Exception {
    for (int i = 0; i < 5; i++) {
      Response one = someone();
      String first = one.path("data.refreshToken");
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var refreshed = threads.submit(() -> refresh(first).extract().response());
        threads.submit(() -> post("logout", one.path("data.accessToken"), Map.of())).get();
        Response next = refreshed.get();
        if (next.statusCode() == 200) {
          refresh(next.path("data.refreshToken")).statusCode(401);
        }
      }
      // the access token too, whenever it was made
      assertThat(isRevoked(sessionOf(first))).isTrue();
    }
  }

  private boolean isRevoked(String sessionId) {
    return revocations.findByIdOptional(Revocation.ofSession(sessionId)).isPresent();
  }

  private static void end(String token, String id, int status) {
    calling().auth().oauth2(token).delete("/api/auth/sessions/" + id).then().statusCode(status);
  }

  private static String sessionOf(String refreshToken) {
    return Pairs.sessionOf(refreshToken);
  }
}

package io.chatterbox.auth.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.chatterbox.auth.Calls;
import io.chatterbox.auth.MovableClock;
import io.chatterbox.auth.OtherServices;
import io.chatterbox.testkit.Stores;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(OtherServices.class)
class PasswordsIT extends Calls {
  private static final String OTHER = "battery staple";

  @Inject MockMailbox mailbox;

  @AfterEach
  void now() {
    MovableClock.ahead(Duration.ZERO);
  }

  @Test
  void changingThePasswordEndsAllOtherSessions() {
    String name = unused();
    Response one = register(name, name + "@example.org");
    Response other = login(name + "@example.org", PASSWORD).extract().response();
    change(one.path("data.accessToken"), "wrong password", OTHER)
        .statusCode(403)
        .body("error.code", equalTo("FORBIDDEN"));
    Response changed =
        change(one.path("data.accessToken"), PASSWORD, OTHER).statusCode(200).extract().response();
    refresh(other.path("data.refreshToken")).statusCode(401);
    // void, but no theft
    refresh(one.path("data.refreshToken")).statusCode(401);
    refresh(changed.path("data.refreshToken")).statusCode(200);
    login(name + "@example.org", PASSWORD).statusCode(401);
    login(name + "@example.org", OTHER).statusCode(200);
  }

  @Test
  void changesThePasswordForOneOfTwoAtOnce() throws Exception {
    String name = unused();
    String token = register(name, name + "@example.org").path("data.accessToken");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads
              .invokeAll(
                  IntStream.range(0, 3)
                      .<Callable<Integer>>mapToObj(
                          i -> () -> change(token, PASSWORD, OTHER + i).extract().statusCode())
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
      assertThat(statuses).containsOnlyOnce(200);
    }
  }

  @Test
  void aLetterLetsAForgottenPasswordBeSetOnce() {
    String name = unused();
    String email = name + "@example.org";
    Response one = register(name, email);
    forgot(email.toUpperCase(java.util.Locale.ROOT)).statusCode(200);
    forgot(email).statusCode(200);
    await(() -> mailbox.getMailsSentTo(email).size() == 2);
    List<String> tokens = mailbox.getMailsSentTo(email).stream().map(PasswordsIT::token).toList();
    reset(tokens.getFirst(), "short").statusCode(400);
    reset(tokens.getFirst(), OTHER).statusCode(200);
    // once, and the other one goes with it
    reset(tokens.getFirst(), OTHER).statusCode(401);
    reset(tokens.getLast(), OTHER).statusCode(401);
    refresh(one.path("data.refreshToken")).statusCode(401);
    login(email, PASSWORD).statusCode(401);
    login(email, OTHER).statusCode(200);
  }

  @Test
  void oneOfManyUsesAtOnceOfATokenCounts() throws Exception {
    String name = unused();
    String email = name + "@example.org";
    register(name, email);
    forgot(email).statusCode(200);
    await(() -> !mailbox.getMailsSentTo(email).isEmpty());
    String token = token(mailbox.getMailsSentTo(email).getFirst());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads
              .invokeAll(
                  IntStream.range(0, 4)
                      .<Callable<Integer>>mapToObj(
                          i -> () -> reset(token, OTHER + i).extract().statusCode())
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
      assertThat(statuses).containsOnly(200, 401).containsOnlyOnce(200);
    }
  }

  @Test
  void aLetterIsGoodForHalfAnHour() {
    String name = unused();
    String email = name + "@example.org";
    register(name, email);
    forgot(email).statusCode(200);
    await(() -> !mailbox.getMailsSentTo(email).isEmpty());
    MovableClock.ahead(Duration.ofMinutes(31));
    reset(token(mailbox.getMailsSentTo(email).getFirst()), OTHER).statusCode(401);
  }

  @Test
  void saysTheSameAboutAddressesThatNobodyHas() {
    String name = unused();
    register(name, name + "@example.org");
    String known = forgot(name + "@example.org").statusCode(200).extract().asString();
    String unknown = forgot(unused() + "@example.org").statusCode(200).extract().asString();
    assertThat(unknown).isEqualTo(known);
  }

  @Test
  void aPasswordIsTriedFiveTimesAMinuteWhereverFrom() {
    String email = unused() + "@example.org";
    for (int i = 0; i < 5; i++) {
      login(email, "wrong password").statusCode(401);
    }
    Response refused = login(email, "wrong password").statusCode(429).extract().response();
    assertThat(refused.<String>path("error.code")).isEqualTo("RATE_LIMITED");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 12);
    assertThat(refused.<Integer>path("error.details.retryAfterMs")).isPositive();
    login(unused() + "@example.org", "wrong password").statusCode(401);
  }

  @Test
  void anAddressTriesFiveTimesAMinuteWhoeverItIs() {
    String ip = "192.0.2." + unused();
    for (int i = 0; i < 5; i++) {
      from(ip).statusCode(401);
    }
    from(ip).statusCode(429).body("error.code", equalTo("RATE_LIMITED"));
  }

  private static io.restassured.response.ValidatableResponse from(String ip) {
    return io.restassured.RestAssured.given()
        .contentType("application/json")
        .header("X-Forwarded-For", ip)
        .body(Map.of("email", unused() + "@example.org", "password", "wrong password"))
        .post("/api/auth/login")
        .then();
  }

  private static io.restassured.response.ValidatableResponse change(
      String token, String current, String next) {
    return post("change-password", token, Map.of("currentPassword", current, "newPassword", next));
  }

  private static io.restassured.response.ValidatableResponse forgot(String email) {
    return post("forgot-password", Map.of("email", email));
  }

  private static io.restassured.response.ValidatableResponse reset(String token, String password) {
    return post("reset-password", Map.of("token", token, "newPassword", password));
  }

  /// The line of its own that holds nothing but the token.
  private static String token(Mail letter) {
    return Arrays.stream(letter.getText().split("\n", -1))
        .filter(line -> line.matches("[A-Za-z0-9_-]{43}"))
        .findFirst()
        .orElseThrow();
  }
}

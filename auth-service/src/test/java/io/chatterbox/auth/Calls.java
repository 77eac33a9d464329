package io.chatterbox.auth;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/// What tests ask of auth-service. Each call comes from an address of its own, so that one test's
/// attempts do not count for another.
public abstract class Calls {
  protected static final String PASSWORD = "correct horse";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  protected static Response register(String username, String email) {
    return calling()
        .body(Map.of("username", username, "email", email, "password", PASSWORD))
        .post("/api/auth/register");
  }

  /// A new account's answer.
  protected static Response someone() {
    String name = unused();
    return register(name, name + "@example.org");
  }

  protected static ValidatableResponse refresh(String token) {
    return post("refresh", Map.of("refreshToken", token));
  }

  protected static ValidatableResponse login(String email, String password) {
    return post("login", Map.of("email", email, "password", password));
  }

  protected static ValidatableResponse post(String path, Map<String, String> body) {
    return calling().body(body).post("/api/auth/" + path).then();
  }

  protected static ValidatableResponse post(String path, String token, Map<String, String> body) {
    return calling().auth().oauth2(token).body(body).post("/api/auth/" + path).then();
  }

  protected static RequestSpecification calling() {
    return given()
        .contentType(ContentType.JSON)
        .header("X-Forwarded-For", "10." + UUID.randomUUID());
  }

  protected static String unused() {
    return "u" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
  }

  /// Waits for what has to become true.
  protected static void await(BooleanSupplier claim) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!claim.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true");
      }
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
  }
}

package io.chatterbox.auth;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.chatterbox.testkit.Stores;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Stores.class)
@QuarkusTestResource(OtherServices.class)
class AuthIT extends Calls {
  @Inject MeterRegistry meters;

  @Test
  void registersAndSignsIn() {
    String name = unused();
    Response registered = register(name, name + "@example.org");
    registered
        .then()
        .statusCode(201)
        .body("success", equalTo(true))
        .body("data.user.username", equalTo(name))
        .body("data.user.email", equalTo(name + "@example.org"))
        .body("data.user", not(hasKey("passwordHash")));
    String id = registered.path("data.user._id");
    post(
            "login",
            Map.of("email", name.toUpperCase(Locale.ROOT) + "@example.org", "password", PASSWORD))
        .statusCode(200)
        .body("data.user._id", equalTo(id));
    given()
        .auth()
        .oauth2(registered.path("data.accessToken"))
        .get("/api/auth/me")
        .then()
        .statusCode(200)
        .body("data._id", equalTo(id))
        .body("data.status", equalTo("offline"))
        .body("data.lastSeen", nullValue());
  }

  @Test
  void tellsNobodyWhetherAnAddressIsKnown() {
    String name = unused();
    register(name, name + "@example.org");
    String wrong =
        post("login", Map.of("email", name + "@example.org", "password", "wrong password"))
            .statusCode(401)
            .extract()
            .asString();
    String unknown =
        post("login", Map.of("email", unused() + "@example.org", "password", "wrong password"))
            .statusCode(401)
            .extract()
            .asString();
    assertThat(unknown).isEqualTo(wrong);
  }

  @Test
  void worksAsMuchForAnUnknownAddressAsForAKnownOne() {
    String name = unused();
    register(name, name + "@example.org");
    double before = hashes();
    post("login", Map.of("email", name + "@example.org", "password", "wrong password"))
        .statusCode(401);
    double forKnown = hashes() - before;
    post("login", Map.of("email", unused() + "@example.org", "password", "wrong password"))
        .statusCode(401);
    assertThat(forKnown).isEqualTo(1);
    assertThat(hashes() - before).isEqualTo(2 * forKnown);
  }

  private double hashes() {
    return meters.counter("chatterbox.auth.password.hashes").count();
  }

  @Test
  void givesANameToOneOnlyWhateverItsCase() throws Exception {
    String name = unused();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads
              .invokeAll(
                  IntStream.range(0, 8)
                      .<Callable<Integer>>mapToObj(i ->
                          () ->
                              register(
                                      i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT),
                                      unused() + "@example.org")
                                  .statusCode())
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
      assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
    }
  }

  @Test
  void anAddressThatIsTakenLeavesTheNameFree() {
    String email = unused() + "@example.org";
    register(unused(), email).then().statusCode(201);
    String name = unused();
    register(name, email.toUpperCase(Locale.ROOT))
        .then()
        .statusCode(409)
        .body("error.code", equalTo("CONFLICT"));
    register(name, unused() + "@example.org").then().statusCode(201);
  }

  @Test
  void aRefreshTokenIsGoodOnceAndWithinItsGraceAnsweredTheSame() {
    Response registered = register(unused(), unused() + "@example.org");
    String first = registered.path("data.refreshToken");
    Map<String, String> next = refresh(first).statusCode(200).extract().path("data");
    assertThat(next.get("refreshToken")).isNotEqualTo(first);
    Map<String, String> again = refresh(first).statusCode(200).extract().path("data");
    assertThat(again).isEqualTo(next);
    // also when the next one has been used by then
    Map<String, String> third =
        refresh(Objects.requireNonNull(next.get("refreshToken")))
            .statusCode(200)
            .extract()
            .path("data");
    assertThat(refresh(first).statusCode(200).extract().<Object>path("data")).isEqualTo(next);
    refresh(Objects.requireNonNull(third.get("refreshToken"))).statusCode(200);
  }

  @Test
  void aMadeUpRefreshTokenEndsNoSession() {
    Response registered = register(unused(), unused() + "@example.org");
    String token = registered.path("data.refreshToken");
    refresh(token.substring(0, token.indexOf('.')) + ".made.up").statusCode(401);
    refresh(token).statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "x", "a.b.c", "\u0000", "💬"})
  void refusesWhatIsNoRefreshToken(String token) {
    int status = refresh(token).extract().statusCode();
    assertThat(status).isIn(400, 401);
  }

  @Test
  void twoRefreshesAtOnceGetTheSamePair() throws Exception {
    String token = register(unused(), unused() + "@example.org").path("data.refreshToken");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Map<String, String>> pairs =
          threads
              .invokeAll(
                  IntStream.range(0, 4)
                      .<Callable<Map<String, String>>>mapToObj(
                          i -> () -> refresh(token).statusCode(200).extract().path("data"))
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
      assertThat(pairs).containsOnly(pairs.getFirst());
    }
  }

  static Stream<String> badRegistrations() {
    return Stream.of(
        "",
        "null",
        "7",
        "[]",
        "{",
        "{}",
        "{\"username\":null,\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":7,\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":{\"$gt\":\"\"},\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":[\"abc\"],\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":\"ab\",\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":\"a b\",\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":\"abc\",\"username\":\"abd\",\"email\":\"a@b\",\"password\":\"12345678\"}",
        "{\"username\":\"abc\",\"email\":\"ab\",\"password\":\"12345678\"}",
        "{\"username\":\"abc\",\"email\":\"a@b@c\",\"password\":\"12345678\"}",
        "{\"username\":\"abc\",\"email\":\"a@b\",\"password\":\"1234567\"}",
        "{\"username\":\"abc\",\"email\":\"a@b\",\"password\":\"" + "x".repeat(129) + "\"}",
        "{\"username\":\"" + "x".repeat(31) + "\",\"email\":\"a@b\",\"password\":\"12345678\"}");
  }

  @ParameterizedTest
  @MethodSource("badRegistrations")
  void refusesBadRegistrations(String body) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/auth/register")
        .then()
        .statusCode(400)
        .body("success", equalTo(false))
        .body("error.code", equalTo("VALIDATION_ERROR"));
  }

  @Test
  void publishesTheKeyThatSigns() {
    String token = register(unused(), unused() + "@example.org").path("data.accessToken");
    String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), UTF_8);
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .body("keys.alg", everyItem(equalTo("ES256")))
        .body("keys[0]", not(hasKey("d")))
        .body(
            "keys.kid",
            org.hamcrest.Matchers.hasItem(header.replaceAll(".*\"kid\":\"([^\"]*)\".*", "$1")));
  }

  @Test
  void refusesForgedTokens() {
    String token = register(unused(), unused() + "@example.org").path("data.accessToken");
    String[] parts = token.split("\\.", -1);
    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
    String hs256 =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"HS256\",\"kid\":\"1\"}".getBytes(UTF_8));
    for (String forged :
        List.of(
            none + "." + parts[1] + ".",
            hs256 + "." + parts[1] + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            token.substring(0, token.length() - 8),
            "x")) {
      given()
          .auth()
          .oauth2(forged)
          .get("/api/auth/me")
          .then()
          .statusCode(401)
          .body("error.code", equalTo("UNAUTHORIZED"));
    }
    given().get("/api/auth/me").then().statusCode(401);
  }

  @Test
  void listsUsersByTheBeginningOfTheirNames() {
    String prefix = unused();
    String token = "";
    for (String end : List.of("c", "A", "b")) {
      token = register(prefix + end, unused() + "@example.org").path("data.accessToken");
    }
    given()
        .auth()
        .oauth2(token)
        .queryParam("q", prefix.toUpperCase(Locale.ROOT))
        .queryParam("limit", "2")
        .get("/api/users")
        .then()
        .statusCode(200)
        .body("data.users.username", equalTo(List.of(prefix + "A", prefix + "b")))
        .body("data.pagination.total", equalTo(3))
        .body("data.users[0]", not(hasKey("email")));
    given().auth().oauth2(token).get("/api/users?limit=0").then().statusCode(400);
    given().auth().oauth2(token).get("/api/users/nobody").then().statusCode(404);
    given()
        .auth()
        .oauth2(token)
        .get("/api/auth/nothing")
        .then()
        .statusCode(404)
        .body("error.code", equalTo("NOT_FOUND"));
  }

  @Test
  void showsInternalPathsToServicesOnly() {
    String id = register(unused(), unused() + "@example.org").path("data.user._id");
    given().get("/internal/users?ids=" + id).then().statusCode(404);
    given()
        .header("X-ChatterBox-Internal", "for-tests")
        .get("/internal/users?ids=" + id + ",nobody")
        .then()
        .statusCode(200)
        .body("users._id", equalTo(List.of(id)));
  }
}

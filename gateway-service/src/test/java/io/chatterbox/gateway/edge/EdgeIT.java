package io.chatterbox.gateway.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.chatterbox.gateway.authority.Revocations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class EdgeIT {
  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Inject AuthPart auth;
  @Inject Revocations revocations;
  @Inject Vertx vertx;

  @BeforeEach
  void aWholeList() {
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/rooms", "/api/nothing", "/api/", "/api/auth/me", "/api/ai/status"})
  void everyPathThatIsNotOpenWantsAToken(String path) {
    calling()
        .get(path)
        .then()
        .statusCode(401)
        .body("success", equalTo(false))
        .body("error.code", equalTo("UNAUTHORIZED"));
  }

  @Test
  void passesOpenAndSignedInCallsOn() {
    calling().post("/api/auth/login").then().statusCode(200);
    signedIn()
        .get("/api/rooms?limit=3")
        .then()
        .statusCode(200)
        .body("data.path", equalTo("/api/rooms?limit=3"));
    signedIn().get("/api/nothing").then().statusCode(404).body("error.code", equalTo("NOT_FOUND"));
    given().get("/.well-known/jwks.json").then().statusCode(200).body("keys[0].kty", equalTo("EC"));
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/rooms/%00 HTTP/1.1,400,VALIDATION_ERROR",
    "GET /api/rooms/%zz HTTP/1.1,400,VALIDATION_ERROR",
    "GET /api/rooms/%4 HTTP/1.1,400,VALIDATION_ERROR",
    "GET /api/users?q=% HTTP/1.1,400,VALIDATION_ERROR",
    "GET /api/users?q=<x> HTTP/1.1,400,VALIDATION_ERROR",
    "GET /socket.io/?EIO=4&transport=polling&x=%zz HTTP/1.1,400,VALIDATION_ERROR",
    "GET /socket.io/%zz HTTP/1.1,400,VALIDATION_ERROR",
    "GET /api/auth/../../internal/users HTTP/1.1,400,VALIDATION_ERROR",
    "GET /api/auth/%2e%2E/%2e%2e/internal/users HTTP/1.1,400,VALIDATION_ERROR",
    "GET /internal/users?ids=x HTTP/1.1,404,NOT_FOUND",
    "GET /api/../internal/users HTTP/1.1,400,VALIDATION_ERROR",
    "POST /api/health HTTP/1.1,405,NOT_FOUND",
    "DELETE /.well-known/jwks.json HTTP/1.1,405,NOT_FOUND",
    "POST / HTTP/1.1,405,NOT_FOUND",
    "GET /nothing HTTP/1.1,404,NOT_FOUND",
  })
  void tellsWhatHttpRefusesInTheEnvelope(String line, int status, String code) throws Exception {
    assertThat(raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 " + status)
        .contains("\"success\":false")
        .contains("\"code\":\"" + code + "\"")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({
    "/asyncapi.yaml,asyncapi: 3.0.0",
    "/openapi.yaml,openapi: 3.1.0",
    "/q/openapi,openapi: 3.1.0"
  })
  void hasTheDocumentsForClientAuthorsWithoutAToken(String path, String begin) {
    Response document = given().get(path);
    document
        .then()
        .statusCode(200)
        .contentType("application/yaml")
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .body(containsString("\n" + begin + "\n"))
        .body(not(containsString("/internal")));
    given()
        .header("If-None-Match", document.header("ETag"))
        .get(path)
        .then()
        .statusCode(304)
        .body(equalTo(""));
    given().post(path).then().statusCode(405);
  }

  @Test
  void tellsTooLongAddressesAndHeadersInTheEnvelope() throws Exception {
    assertThat(
            raw(
                "GET /api/rooms?q="
                    + "x".repeat(200_000)
                    + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 414")
        .contains("\"code\":\"VALIDATION_ERROR\"");
    assertThat(
            raw(
                "GET /api/rooms HTTP/1.1\r\nHost: x\r\nX-Much: "
                    + "x".repeat(200_000)
                    + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("\"code\":\"VALIDATION_ERROR\"");
  }

  @Test
  void tellsEvenARequestForNoHostInTheEnvelope() throws Exception {
    assertThat(raw("GET /api/rooms HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"VALIDATION_ERROR\"");
    assertThat(raw("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404")
        .contains("\"code\":\"NOT_FOUND\"");
  }

  @Test
  void boundsBodies() throws Exception {
    signedIn()
        .body(new byte[100_001])
        .post("/api/rooms")
        .then()
        .statusCode(413)
        .body("error.code", equalTo("PAYLOAD_TOO_LARGE"));
    signedIn().body(new byte[100_000]).post("/api/rooms").then().statusCode(200);
    // also when its length is not said
    String chunk = Integer.toHexString(20_000) + "\r\n" + "x".repeat(20_000) + "\r\n";
    assertThat(chunked(chunk.repeat(6) + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413")
        .contains("\"code\":\"PAYLOAD_TOO_LARGE\"");
    assertThat(chunked(chunk.repeat(4) + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 200")
        .contains("\"bytes\":80000");
  }

  @Test
  void wantsABoundaryOfMultipartBodies() throws Exception {
    assertThat(
            raw(
                "POST /api/files/upload HTTP/1.1\r\n"
                    + "Host: x\r\n"
                    + "Content-Type: multipart/form-data\r\n"
                    + "Authorization: Bearer "
                    + TestTokens.good(Subject.fresh())
                    + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\nxx"))
        .startsWith("HTTP/1.1 400")
        .contains("\"code\":\"VALIDATION_ERROR\"");
  }

  @Test
  void putsWhatAServiceRefusesBareIntoTheEnvelope() {
    signedIn()
        .get("/api/rooms/bare")
        .then()
        .statusCode(413)
        .body("error.code", equalTo("PAYLOAD_TOO_LARGE"));
    signedIn()
        .get("/api/ai/status")
        .then()
        .statusCode(503)
        .body("error.code", equalTo("UNAVAILABLE"));
  }

  @Test
  void waitsForAServiceOnlySoLong() {
    signedIn()
        .get("/api/rooms/silent")
        .then()
        .statusCode(503)
        .body("error.code", equalTo("UNAVAILABLE"));
  }

  @Test
  void usesTheNativeTransportWhereItHasOne() {
    String arch = System.getProperty("os.arch");
    boolean hasOne =
        System.getProperty("os.name").equals("Linux")
            && (arch.equals("amd64") || arch.equals("aarch64"));
    assertThat(vertx.isNativeTransportEnabled()).isEqualTo(hasOne);
  }

  @Test
  void letsNoInternalHeaderThrough() {
    signedIn()
        .header("X-ChatterBox-Internal", "guess")
        .header("x-chatterbox-anything", "guess")
        .header("Forwarded", "for=1.2.3.4")
        .header("X-Forwarded-Host", "evil")
        .get("/api/rooms")
        .then()
        .statusCode(200)
        .body("data.headers", not(containsString("guess")))
        .body("data.headers", not(containsString("1.2.3.4")))
        .body("data.headers", not(containsString("evil")));
  }

  @Test
  void tellsServicesTheAddressThatATrustedProxySays() {
    given()
        .auth()
        .oauth2(TestTokens.good(Subject.fresh()))
        .header("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
        .get("/api/rooms")
        .then()
        .body("data.headers", containsString("x-forwarded-for=198.51.100.7\n"));
  }

  @Test
  void servesTheWebClientUnderAPolicyThatLetsNothingElseRun() {
    Response page = given().get("/");
    page.then()
        .statusCode(200)
        .contentType("text/html")
        .header("Cache-Control", equalTo("no-cache"))
        .header("Content-Security-Policy", containsString("script-src 'self';"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Content-Type-Options", equalTo("nosniff"));
    given().header("If-None-Match", page.header("ETag")).get("/").then().statusCode(304);
    String script = page.body().htmlPath().getString("html.head.script.@src").substring(1);
    given()
        .get(script)
        .then()
        .statusCode(200)
        .contentType("text/javascript")
        .header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
    given()
        .get("/assets/nothing.js")
        .then()
        .statusCode(404)
        .body("error.code", equalTo("NOT_FOUND"));
    given().get("/index.html").then().statusCode(404);
  }

  @Test
  void letsPagesOnTheListCallAndNoOthers() {
    calling()
        .header("Origin", "https://chat.example.org")
        .header("Access-Control-Request-Method", "PATCH")
        .options("/api/auth/me")
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", "https://chat.example.org")
        .header("Access-Control-Allow-Methods", containsString("PATCH"));
    signedIn()
        .header("Origin", "https://chat.example.org")
        .get("/api/rooms")
        .then()
        .header("Access-Control-Allow-Origin", "https://chat.example.org")
        .header("Vary", containsString("Origin"));
    signedIn()
        .header("Origin", "https://evil.example.org")
        .get("/api/rooms")
        .then()
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void answersWithSafeHeadersWhoeverAnswers() {
    for (Response answer :
        List.of(
            signedIn().get("/api/rooms"),
            calling().get("/api/rooms"),
            signedIn().get("/api/ai/status"))) {
      answer
          .then()
          .header("X-Content-Type-Options", "nosniff")
          .header("Cache-Control", "no-store")
          .header("Referrer-Policy", "no-referrer")
          .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    }
  }

  @Test
  void countsRequestsOfAnAddress() {
    String ip = ip();
    int good = 0;
    Response refused = null;
    while (refused == null) {
      Response answer = given().header("X-Forwarded-For", ip).post("/api/auth/login");
      if (answer.statusCode() == 200) {
        good++;
      } else {
        refused = answer;
      }
      assertThat(good).isLessThan(200);
    }
    // some may have come back while this was counting
    assertThat(good).isGreaterThanOrEqualTo(100);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.<String>path("error.code")).isEqualTo("RATE_LIMITED");
    assertThat(refused.<Integer>path("error.details.retryAfterMs")).isPositive();
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    calling().post("/api/auth/login").then().statusCode(200);
    // health is asked by machines
    given().header("X-Forwarded-For", ip).get("/api/health").then().statusCode(200);
  }

  @Test
  void boundsSocketsOfAnAddress() throws Exception {
    String ip = ip();
    List<Wire> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        Wire socket = Wire.open(server, ip, TestTokens.good(Subject.fresh()));
        sockets.add(socket);
        socket.heard("authenticated");
      }
      Response refused = opening(ip);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isNotNull();
      assertThat(refused.<String>path("error.code")).isEqualTo("RATE_LIMITED");
      assertThat(opening(ip()).statusCode()).isEqualTo(200);
      sockets.removeFirst().close();
      Wire.await(() -> opening(ip).statusCode() == 200);
    } finally {
      sockets.forEach(Wire::close);
    }
  }

  @Test
  void boundsHowFastAnAddressOpensSockets() {
    String ip = ip();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 200 && !statuses.contains(429); i++) {
      statuses.add(opening(ip).statusCode());
    }
    assertThat(statuses).contains(200, 429).containsOnly(200, 429);
  }

  @Test
  void aForgedSessionIdReachesNoAddress() throws Exception {
    try (ServerSocket victim = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + victim.getLocalPort();
      for (String id :
          List.of(
              address + "~abc",
              "http://" + address + "~abc",
              "x}:address~abc",
              "~",
              "a~b~c",
              "~".repeat(500))) {
        given()
            .queryParam("EIO", "4")
            .queryParam("transport", "polling")
            .queryParam("sid", id)
            .get("/socket.io/")
            .then()
            .statusCode(400)
            .body("code", equalTo(1));
      }
      victim.setSoTimeout(100);
      org.assertj.core.api.Assertions.assertThatThrownBy(victim::accept)
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static Response opening(String ip) {
    return given().header("X-Forwarded-For", ip).get("/socket.io/?EIO=4&transport=polling");
  }

  private static RequestSpecification calling() {
    return given().header("X-Forwarded-For", ip());
  }

  private static RequestSpecification signedIn() {
    return calling().auth().oauth2(TestTokens.good(Subject.fresh()));
  }

  private String chunked(String body) throws Exception {
    return raw(
        "POST /api/rooms HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Transfer-Encoding: chunked\r\n"
            + "Authorization: Bearer "
            + TestTokens.good(Subject.fresh())
            + "\r\nConnection: close\r\n\r\n"
            + body);
  }

  /// What is answered to these bytes, whatever becomes of the connection. From an address of their
  /// own, like all calls here: there is a limit for each.
  private String raw(String bytes) throws Exception {
    String request = bytes.replaceFirst("\r\n", "\r\nX-Forwarded-For: " + ip() + "\r\n");
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      StringBuilder answer = new StringBuilder();
      try {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (java.io.IOException e) {
        // answered before all was read
      }
      byte[] buffer = new byte[8192];
      try {
        for (int n = socket.getInputStream().read(buffer);
            n > 0;
            n = socket.getInputStream().read(buffer)) {
          answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        }
      } catch (java.io.IOException e) {
        // cut after the answer
      }
      return answer.toString();
    }
  }

  private static String ip() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
  }
}

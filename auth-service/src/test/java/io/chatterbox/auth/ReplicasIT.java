package io.chatterbox.auth;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.testkit.TestMongo;
import io.chatterbox.testkit.TestRedis;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Two replicas that were started at the same moment on an empty database are one service.
class ReplicasIT extends Calls {
  private static final OtherServices OTHERS = new OtherServices();
  private static List<Replica> replicas = List.of();

  @BeforeAll
  static void start() throws Exception {
    Map<String, String> settings = new HashMap<>(OTHERS.start());
    settings.put("quarkus.redis.hosts", TestRedis.sharedUrl());
    settings.put("quarkus.mongodb.connection-string", TestMongo.sharedUrl());
    settings.put("quarkus.mongodb.database", "test-" + UUID.randomUUID());
    settings.put("quarkus.mailer.mock", "true");
    settings.put("chatterbox.services.shared-secret", "for-tests");
    settings.put("chatterbox.auth.password.memory-kib", "1024");
    settings.put(
        "chatterbox.auth.key-encryption-key", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=");
    replicas = List.of(Replica.start(settings), Replica.start(settings));
    await(() -> replicas.stream().allMatch(Replica::isReady));
  }

  @AfterAll
  static void stop() {
    replicas.forEach(Replica::close);
    OTHERS.stop();
  }

  @Test
  void eachAcceptsTheOthersTokens() {
    for (int i = 0; i < 2; i++) {
      String token = someone(i).path("data.accessToken");
      for (int j = 0; j < 2; j++) {
        assertThat(me(j, token)).isEqualTo(200);
      }
    }
  }

  @Test
  void aNameIsGivenOnce() throws Exception {
    String name = unused();
    List<Integer> statuses =
        atOnce(6, i -> register(i, name, unused() + "@example.org").statusCode());
    assertThat(statuses).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void refreshesAtOnceGetTheSamePair() throws Exception {
    for (int round = 0; round < 5; round++) {
      String token = someone(round).path("data.refreshToken");
      List<Map<String, String>> pairs =
          atOnce(
              4,
              i -> {
                Response answer = post(i, "refresh", Map.of("refreshToken", token));
                assertThat(answer.statusCode()).isEqualTo(200);
                return answer.path("data");
              });
      assertThat(pairs).containsOnly(Objects.requireNonNull(pairs.getFirst()));
    }
  }

  @Test
  void attemptsCountTogether() {
    String email = unused() + "@example.org";
    for (int i = 0; i < 5; i++) {
      assertThat(login(i, email, "wrong password").statusCode()).isEqualTo(401);
    }
    assertThat(login(0, email, "wrong password").statusCode()).isEqualTo(429);
    assertThat(login(1, email, "wrong password").statusCode()).isEqualTo(429);
  }

  @Test
  void whatOneEndsTheOtherDoesNotCarryOn() {
    Response one = someone(0);
    assertThat(
            at(0).auth().oauth2(one.path("data.accessToken")).post("/api/auth/logout").statusCode())
        .isEqualTo(200);
    assertThat(
            post(1, "refresh", Map.of("refreshToken", one.path("data.refreshToken"))).statusCode())
        .isEqualTo(401);
  }

  @Test
  void aPasswordChangedAtOneIsChangedAtTheOther() {
    String name = unused();
    Response one = register(0, name, name + "@example.org");
    assertThat(
            at(0)
                .auth()
                .oauth2(one.path("data.accessToken"))
                .body(Map.of("currentPassword", PASSWORD, "newPassword", "battery staple"))
                .post("/api/auth/change-password")
                .statusCode())
        .isEqualTo(200);
    assertThat(login(1, name + "@example.org", PASSWORD).statusCode()).isEqualTo(401);
    assertThat(login(1, name + "@example.org", "battery staple").statusCode()).isEqualTo(200);
  }

  @Test
  void aDeletionIsToldUntilAllHaveConfirmedIt() {
    String name = unused();
    Response one = register(1, name, name + "@example.org");
    String id = one.path("data.user._id");
    OtherServices.takeAway("chat");
    try {
      assertThat(
              at(1)
                  .auth()
                  .oauth2(one.path("data.accessToken"))
                  .body(Map.of("password", PASSWORD))
                  .delete("/api/auth/me")
                  .statusCode())
          .isEqualTo(200);
      assertThat(me(0, one.path("data.accessToken"))).isEqualTo(401);
      await(() -> OtherServices.deleted().contains("ai " + id));
    } finally {
      OtherServices.bringBack("chat");
    }
    await(() -> OtherServices.deleted().contains("chat " + id));
  }

  /// Something that both replicas do at the same moment.
  private interface Task<T> {
    T at(int replica);
  }

  private static <T> List<T> atOnce(int times, Task<T> task) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads
          .invokeAll(
              IntStream.range(0, times).<Callable<T>>mapToObj(i -> () -> task.at(i)).toList())
          .stream()
          .map(Future::resultNow)
          .toList();
    }
  }

  private static io.restassured.specification.RequestSpecification at(int replica) {
    return given()
        .baseUri(replicas.get(replica % replicas.size()).address())
        .contentType(ContentType.JSON)
        .header("X-Forwarded-For", "10." + UUID.randomUUID());
  }

  private static int me(int replica, String token) {
    return at(replica).auth().oauth2(token).get("/api/auth/me").statusCode();
  }

  private static Response someone(int replica) {
    String name = unused();
    return register(replica, name, name + "@example.org");
  }

  private static Response register(int replica, String username, String email) {
    return post(
        replica, "register", Map.of("username", username, "email", email, "password", PASSWORD));
  }

  private static Response login(int replica, String email, String password) {
    return post(replica, "login", Map.of("email", email, "password", password));
  }

  private static Response post(int replica, String path, Map<String, String> body) {
    return at(replica).body(body).post("/api/auth/" + path);
  }
}

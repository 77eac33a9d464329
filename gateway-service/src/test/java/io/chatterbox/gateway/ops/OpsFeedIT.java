package io.chatterbox.gateway.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.OpsAnswer;
import io.chatterbox.contract.OpsQuestion;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Report;
import io.chatterbox.contract.Revocation;
import io.chatterbox.contract.Service;
import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.chatterbox.gateway.authority.Revocations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OpsFeedIT {
  private static final int UNAUTHORIZED = 4401;
  private static final int FORBIDDEN = 4403;
  private static final String ELSEWHERE = "elsewhere";

  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Inject AuthPart auth;
  @Inject Revocations revocations;
  @Inject Channels channels;
  @Inject Requests redis;
  @Inject Json json;

  private final Map<String, Handler<Buffer>> heard = new HashMap<>();

  @AfterEach
  void deaf() {
    heard.forEach(channels::unsubscribe);
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
    AtomicInteger asked = new AtomicInteger();
    hear(
        RedisNames.reportQuestions(),
        replyTo -> {
          if (asked.incrementAndGet() <= 3) {
            publish(replyTo.toString(), report(name, 1_000 * asked.get()));
          }
        });
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()))) {
      Wire.await(() ->
          page.frames().stream()
              .filter(frame -> frame.contains("\"name\":\"" + name + "\""))
              .anyMatch(frame -> frame.contains("\"service\":\"gateway\",\"state\":\"UP\"")));
      // it said 5,000 connections, and this gateway has a few
      page.heard(name, "\"totals\":{\"connections\":50");
      Wire.await(() ->
          page.frames().stream()
              .anyMatch(frame ->
                  frame.contains(
                      "\"name\":\"" + name + "\",\"service\":\"gateway\",\"state\":\"DOWN\"")));
    }
  }

  @Test
  void theSocketsOfAnAccountAreSeenAndCutHereAndElsewhere() throws Exception {
    Subject someone = Subject.fresh();
    Subject other = Subject.fresh();
    AtomicInteger cutsElsewhere = new AtomicInteger();
    hear(
        RedisNames.reportQuestions(), replyTo -> publish(replyTo.toString(), report(ELSEWHERE, 0)));
    hear(
        RedisNames.socketQuestions(),
        message -> answerAsAnotherGateway(message, someone.userId(), cutsElsewhere));
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()));
        Wire socket = Wire.open(server, "10.1.2.3", TestTokens.good(someone));
        Wire second = Wire.open(server, "10.1.2.4", TestTokens.good(someone));
        Wire stays = Wire.open(server, ip(), TestTokens.good(other))) {
      socket.heard("authenticated");
      second.heard("authenticated");
      stays.heard("authenticated");
      // who is known is waited for
      page.heard("\"picture\"", "\"name\":\"" + ELSEWHERE + "\"");
      page.heard("\"picture\"", "\"service\":\"gateway\",\"state\":\"UP\"");
      String user = "\"userId\":\"" + someone.userId() + "\"";
      assertThat(page.ask(1, "\"action\":\"sockets\"," + user))
          .contains("\"total\":3", "10.1.2.3", "10.1.2.4", "\"gateway\":\"elsewhere\"");
      assertThat(page.ask(3, "\"action\":\"accounts\",\"begin\":\"SOME\""))
          .contains("\"userId\":\"" + someone.userId() + "\",\"username\":\"somebody\"");
      assertThat(page.ask(4, "\"action\":\"accounts\",\"begin\":\"zz\"")).contains("\"total\":0");
      String id = id(socket);
      assertThat(page.ask(5, "\"action\":\"cut\",\"socketId\":\"" + id + "\"")).contains(id);
      socket.ended();
      assertThat(second.isEnded()).isFalse();
      assertThat(page.ask(6, "\"action\":\"cut\"," + user)).contains("\"total\":2");
      second.ended();
      Wire.await(() -> cutsElsewhere.get() == 1);
      assertThat(second.frames()).noneMatch(frame -> frame.contains("unauthorized"));
      assertThat(stays.isEnded()).isFalse();
      // the session goes on
      try (Wire again = Wire.open(server, ip(), TestTokens.good(someone))) {
        again.heard("authenticated");
      }
    }
  }

  @Test
  void deadLettersAreListedWithoutTheirBodiesSentAgainAndDropped() throws Exception {
    Partition partition = new Partition(Service.CHAT, 7);
    String one = bury(partition, "first");
    String other = bury(partition, "second");
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()))) {
      page.heard("\"welcome\"");
      assertThat(page.ask(1, "\"action\":\"letters\""))
          .contains("send-message", "IllegalStateException", "conversation:c1", "first", "second")
          .doesNotContain("confidential");
      assertThat(page.ask(2, letter("again", one))).contains("\"success\":true");
      assertThat(page.ask(3, letter("again", one))).contains("NOT_FOUND");
      assertThat(page.ask(4, letter("drop", other))).contains("\"success\":true");
      assertThat(page.ask(5, letter("drop", other))).contains("NOT_FOUND");
      assertThat(page.ask(6, "\"action\":\"letters\"")).contains("\"total\":0");
    }
    String stream = result(Request.cmd(Command.XRANGE, partition.commands(), "-", "+"));
    assertThat(stream).contains("confidential", "first").doesNotContain("second");
  }

  @Test
  void whatIsNotUnderstoodIsRefusedAndTheFeedLivesOn() throws Exception {
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()))) {
      page.heard("\"welcome\"");
      assertThat(page.ask(1, "\"action\":\"explode\"")).contains("UNKNOWN_EVENT");
      assertThat(page.ask(2, "\"letter\":\"1-1\"")).contains("VALIDATION_ERROR");
      assertThat(
              page.ask(
                  3, "\"action\":\"drop\",\"service\":\"mail\",\"partition\":1,\"letter\":\"1-1\""))
          .contains("VALIDATION_ERROR");
      assertThat(
              page.ask(
                  4,
                  "\"action\":\"drop\",\"service\":\"chat\",\"partition\":32,\"letter\":\"1-1\""))
          .contains("VALIDATION_ERROR");
      assertThat(
              page.ask(
                  5, "\"action\":\"again\",\"service\":\"chat\",\"partition\":1,\"letter\":\"x\""))
          .contains("VALIDATION_ERROR");
      assertThat(page.ask(6, "\"action\":\"cut\"")).contains("VALIDATION_ERROR");
      for (int i = 100; i < 140; i++) {
        page.send("{\"id\":" + i + ",\"action\":\"explode\"}");
      }
      page.heard("RATE_LIMITED", "retryAfterMs");
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

  private Report report(String name, double events) {
    Map<String, Double> figures = Map.of("connections", 5_000.0, "events-in", events);
    return new Report(name, "run", "gateway", "1", Instant.now(), List.of(), figures);
  }

  private void answerAsAnotherGateway(Buffer message, String userId, AtomicInteger cuts) {
    OpsQuestion question = json.read(RawJson.of(message.getBytes()), OpsQuestion.class);
    if (!question.subject().equals(userId)) {
      publish(question.replyTo(), new OpsAnswer(question.id(), ELSEWHERE, 0, List.of(), List.of()));
      return;
    }
    if (question.about() == OpsQuestion.About.CUT_ACCOUNT) {
      cuts.incrementAndGet();
    }
    OpsAnswer.OpenSocket socket =
        new OpsAnswer.OpenSocket("s", userId, "d", ELSEWHERE, "10.9.9.9", "", Instant.now());
    publish(
        question.replyTo(), new OpsAnswer(question.id(), ELSEWHERE, 1, List.of(), List.of(socket)));
  }

  private void hear(String channel, Handler<Buffer> handler) {
    channels.subscribe(channel, handler).toCompletionStage().toCompletableFuture().join();
    heard.put(channel, handler);
  }

  private void publish(String channel, Object message) {
    redis.send(Request.cmd(Command.PUBLISH, channel, json.write(message).bytes()));
  }

  private String bury(Partition partition, String id) {
    return result(
        Request.cmd(
            Command.XADD,
            partition.deadLetters(),
            "*",
            "key",
            "conversation:c1",
            "caller",
            "{\"userId\":\"u1\",\"username\":\"ann\",\"sessionId\":\"s1\",\"socketId\":\"k1\"}",
            "id",
            id,
            "event",
            "send-message",
            "body",
            "{\"conversationId\":\"c1\",\"content\":\"confidential\"}",
            "tries",
            "3",
            "reason",
            "IllegalStateException in Log:1"));
  }

  private String result(Request request) {
    return redis.send(request).toCompletionStage().toCompletableFuture().join().toString();
  }

  private static String letter(String action, String id) {
    return "\"action\":\""
        + action
        + "\",\"service\":\"chat\",\"partition\":7,\"letter\":\""
        + id
        + "\"";
  }

  private static String id(Wire socket) {
    return socket.heard("\"authenticated\"").replaceAll(".*\"socketId\":\"([^\"]+)\".*", "$1");
  }

  private static String ip() {
    return "10.77." + (int) (Math.random() * 250) + "." + (int) (Math.random() * 250);
  }
}

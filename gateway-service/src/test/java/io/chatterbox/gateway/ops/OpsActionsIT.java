package io.chatterbox.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Requests;
import io.chatterbox.contract.Partition;
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
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OpsActionsIT {
  @TestHTTPResource
  @SuppressWarnings("NullAway.Init") // set by Quarkus
  URI server;

  @Inject AuthPart auth;
  @Inject Revocations revocations;
  @Inject Requests redis;
  @Inject OtherGateway other;

  @BeforeEach
  void aWholeList() {
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @AfterEach
  void deaf() {
    other.close();
    other.saysGoodbye(OtherGateway.NAME);
  }

  @Test
  void theSocketsOfAnAccountAreSeenAndCutHereAndElsewhere() throws Exception {
    Subject someone = Subject.fresh();
    Subject neighbour = Subject.fresh();
    other.lives(OtherGateway.NAME);
    other.hasASocketOf(someone.userId());
    try (OpsPage page = OpsPage.open(server, TestTokens.good(operator()));
        Wire socket = Wire.open(server, "10.1.2.3", TestTokens.good(someone));
        Wire second = Wire.open(server, "10.1.2.4", TestTokens.good(someone));
        Wire stays = Wire.open(server, ip(), TestTokens.good(neighbour))) {
      socket.heard("authenticated");
      second.heard("authenticated");
      stays.heard("authenticated");
      // who is known is waited for
      page.heard("\"picture\"", "\"name\":\"" + OtherGateway.NAME + "\"");
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
      Wire.await(() -> other.cuts() == 1);
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

  private static Subject operator() {
    return new Subject(Surroundings.OPERATOR, UUID.randomUUID().toString());
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
    return "10.78." + (int) (Math.random() * 250) + "." + (int) (Math.random() * 250);
  }
}

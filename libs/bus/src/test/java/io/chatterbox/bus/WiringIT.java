package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Report;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The beans as Quarkus makes them, from the settings of its own Redis client.
@QuarkusTest
@QuarkusTestResource(WiringIT.ProtectedRedis.class)
class WiringIT {
  private static final Key KEY = Key.conversation("c1");

  @Inject CommandClient client;
  @Inject CommandLoop loop;
  @Inject Channels channels;
  @Inject Publisher publisher;
  @Inject Node node;
  @Inject BusConfig config;
  @Inject Requests requests;
  @Inject Json json;

  @Inject
  @ConfigProperty(name = "quarkus.redis.hosts")
  String url;

  @Test
  void theWholeBusRunsOverAPasswordProtectedDatabase() {
    assertThat(node.name()).isEqualTo("wired");
    assertThat(config.silence()).hasSeconds(1);
    assertThat(channels).isNotNull();
    assertThat(publisher).isNotNull();
    loop.start(new Ledger().processor(Service.CHAT));
    Record follow = new ChatCommand.Follow("c1");
    assertThat(client.ask(Service.CHAT, KEY, Answers.ADA, "id1", follow).body())
        .isEqualTo(RawJson.of("{\"conversationId\":\"c1\"}"));
    try (RedisCalls calls = new RedisCalls(url)) {
      assertThat(calls.text(Command.GET, Service.CHAT.partitionOf(KEY).owner()))
          .startsWith("wired-");
    }
  }

  @Test
  void tellsHowItIsWhenItIsAsked() {
    try (RedisCalls calls = new RedisCalls(url)) {
      await().until(() -> calls.number(Command.ZCARD, RedisNames.processes()) == 1);
      assertThat(calls.text(Command.ZRANGE, RedisNames.processes(), "0", "0"))
          .contains("chatterbox-bus/wired");
    }
    List<Report> heard = new CopyOnWriteArrayList<>();
    String channel = RedisNames.opsReports("asker");
    channels
        .subscribe(
            channel, message -> heard.add(json.read(RawJson.of(message.getBytes()), Report.class)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    await()
        .until(() -> {
          requests.send(Request.cmd(Command.PUBLISH, RedisNames.reportQuestions(), channel));
          return !heard.isEmpty();
        });
    Report report = heard.getFirst();
    assertThat(report.process()).isEqualTo("wired");
    assertThat(report.run()).isEqualTo(node.incarnation());
    assertThat(report.service()).isEqualTo("chatterbox-bus");
    assertThat(report.failing()).isEmpty();
    assertThat(report.figures()).containsKey("heap-bytes");
  }

  /// A Redis with a password, used with another database than the first.
  public static final class ProtectedRedis implements QuarkusTestResourceLifecycleManager {
    private @Nullable StoreProcess redis;

    @Override
    public Map<String, String> start() {
      StoreProcess started = TestRedis.start();
      redis = started;
      try (RedisCalls calls = new RedisCalls(started.url())) {
        calls.call(Command.CONFIG, "SET", "requirepass", "secret");
      }
      return Map.of("quarkus.redis.hosts", "redis://:secret@127.0.0.1:" + started.port() + "/5");
    }

    @Override
    public void stop() {
      if (redis != null) {
        redis.close();
      }
    }
  }
}

package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import jakarta.inject.Inject;
import java.util.Map;
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

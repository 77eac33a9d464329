package io.chatterbox.ai.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.ai.ChatEnd;
import io.chatterbox.ai.DemoProviderResource;
import io.chatterbox.ai.Talk;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestMongo;
import io.chatterbox.testkit.TestRedis;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A run ends once, whatever happens to the stores.
@QuarkusTest
@QuarkusTestResource(value = OutageIT.OwnStores.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = DemoProviderResource.class, restrictToAnnotatedClass = true)
class OutageIT {
  private static final String SLOWLY = "hello demo:tokens=200 demo:pace=50";

  @Inject Replicas replicas;
  @Inject Talk talk;
  @Inject Texts texts;
  @Inject ChatEnd chat;
  @Nullable StoreProcess mongo;
  @Nullable StoreProcess redis;

  @Test
  void goesOnWhenRedisHasLostEverything() {
    String runId = talk.ask(SLOWLY);
    talk.awaitPart(runId);
    TestRedis.empty(there(redis));
    int before = talk.parts(runId).size();
    await().until(() -> talk.parts(runId).size() > before + 1);
    assertThat(texts.read(talk.id()))
        .hasValueSatisfying(text -> assertThat(text.content()).startsWith("This is"));
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.error()).isNull();
    assertThat(end.content())
        .isEqualTo(talk.told(runId))
        .contains("Configure a provider of your own");
    assertThat(chat.endsOf(talk.id())).hasSize(1);
  }

  @Test
  void endsARunOfAKilledReplicaAlthoughItsTextIsLost() {
    Replicas.Replica other = replicas.start("killed");
    String runId = other.ask(talk.id(), talk.anna(), SLOWLY);
    talk.awaitPart(runId);
    other.kill();
    TestRedis.empty(there(redis));
    EndRun end = talk.awaitEnd(runId);
    assertThat(Objects.requireNonNull(end.error()).message()).contains("interrupted");
    assertThat(chat.endsOf(talk.id())).hasSize(1);
  }

  @Test
  void bringsARunToItsEndWhenRedisComesBack() {
    String runId = talk.ask(SLOWLY);
    talk.awaitPart(runId);
    there(redis).kill();
    there(redis).startAgain();
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.error()).isNull();
    assertThat(end.content())
        .startsWith("This is ChatterBox's")
        .contains("Configure a provider of your own");
    assertThat(chat.endsOf(talk.id())).hasSize(1);
  }

  @Test
  void takesNobodyForDeadBecauseMongoWasAway() {
    Replicas.Replica other = replicas.start("alive");
    String runId = other.ask(talk.id(), talk.anna(), "hello demo:tokens=400 demo:pace=50");
    talk.awaitPart(runId);
    there(mongo).pause();
    int before = talk.parts(runId).size();
    // some four seconds
    await().atMost(Talk.PATIENCE).until(() -> talk.parts(runId).size() > before + 100);
    there(mongo).resume();
    EndRun end = talk.awaitEnd(runId);
    assertThat(end.error()).isNull();
    assertThat(end.content())
        .isEqualTo(talk.told(runId))
        .contains("Configure a provider of your own");
    other.drain();
  }

  private static StoreProcess there(@Nullable StoreProcess store) {
    return Objects.requireNonNull(store);
  }

  /// A Redis and a MongoDB that nobody else uses.
  public static final class OwnStores implements QuarkusTestResourceLifecycleManager {
    private final StoreProcess mongo = TestMongo.start();
    private final StoreProcess redis = TestRedis.start();

    @Override
    public Map<String, String> start() {
      return Map.of(
          "quarkus.mongodb.connection-string", mongo.url(), "quarkus.redis.hosts", redis.url());
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(mongo, field -> field.getName().equals("mongo"));
      injector.injectIntoFields(redis, field -> field.getName().equals("redis"));
    }

    @Override
    public void stop() {
      mongo.close();
      redis.close();
    }
  }
}

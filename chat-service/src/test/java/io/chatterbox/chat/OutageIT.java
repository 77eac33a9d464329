package io.chatterbox.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.Json;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.Writers;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestMongo;
import io.chatterbox.testkit.TestRedis;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What was acknowledged is there, once and in order, whatever happens to the stores meanwhile.
@QuarkusTest
@QuarkusTestResource(value = OutageIT.OwnStores.class, restrictToAnnotatedClass = true)
class OutageIT {
  private static final int EACH = 100;

  @Inject CommandClient bus;
  @Inject Documents documents;
  @Inject Entries entries;
  @Inject Writers writers;
  @Inject Json json;

  private @Nullable StoreProcess mongo;
  private @Nullable StoreProcess redis;

  @Test
  void losesAndDoublesNothingWhileItsStoresAreKilledAndPaused() throws Exception {
    ChatFixture chat = new ChatFixture(json);
    Caller anna = chat.person("anna");
    Caller ben = chat.person("ben");
    Key key = chat.direct(writers.another(), anna, ben);

    AtomicInteger sent = new AtomicInteger();
    List<Long> acknowledged = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<List<Long>>> both =
          List.of(
              threads.submit(() -> sendAll(key, anna, sent)),
              threads.submit(() -> sendAll(key, ben, sent)));
      after(sent, 30);
      there(mongo).kill();
      there(mongo).startAgain();
      after(sent, 70);
      there(redis).kill();
      there(redis).startAgain();
      after(sent, 110);
      there(mongo).pause();
      after(sent, 111);
      there(mongo).resume();
      after(sent, 150);
      there(redis).kill();
      there(redis).startAgain();
      for (Future<List<Long>> one : both) {
        acknowledged.addAll(one.get());
      }
    }

    Head head = documents.read(key);
    List<Entry> messages = entries.messages(head, 1, head.seq());
    assertThat(messages)
        .extracting(Entry::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 2 * EACH).boxed().toList());
    assertThat(messages).extracting(Entry::rev).containsExactlyInAnyOrderElementsOf(acknowledged);
    for (Caller sender : List.of(anna, ben)) {
      assertThat(messages)
          .filteredOn(entry -> entry.sender().equals(sender.userId()))
          .extracting(entry -> Integer.parseInt(entry.body().getString("content")))
          .isSorted()
          .hasSize(EACH);
    }
  }

  /// Sends one after the other, each until it is acknowledged; answers their `rev`s.
  private List<Long> sendAll(Key key, Caller sender, AtomicInteger sent) {
    List<Long> revs = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      String number = Integer.toString(i);
      SendMessage send = new SendMessage(key.id(), number, List.of(), null, "id-" + number);
      boolean isAcknowledged = false;
      while (!isAcknowledged) {
        sent.incrementAndGet();
        try {
          revs.add(bus.ask(Service.CHAT, key, sender, send).rev());
          isAcknowledged = true;
        } catch (Refusal refusal) {
          assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
      }
    }
    return revs;
  }

  private static void after(AtomicInteger sent, int count) {
    await().atMost(Duration.ofMinutes(1)).until(() -> sent.get() >= count);
  }

  private static StoreProcess there(@Nullable StoreProcess store) {
    if (store == null) {
      throw new IllegalStateException("the stores were not handed over");
    }
    return store;
  }

  /// A Redis and a MongoDB that nobody else uses.
  public static final class OwnStores implements QuarkusTestResourceLifecycleManager {
    private final StoreProcess mongo = TestMongo.start();
    private final StoreProcess redis = TestRedis.start();

    @Override
    public Map<String, String> start() {
      return Map.of(
          "quarkus.mongodb.connection-string", mongo.url(),
          "quarkus.redis.hosts", redis.url(),
          "chatterbox.limits.enabled", "false");
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

package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChannelsIT {
  private StoreProcess redis;
  private RedisCalls calls;
  private TestNode node;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final Handler<Buffer> ear = message -> heard.add(message.toString());

  @BeforeEach
  void start() {
    redis = TestRedis.start();
    calls = new RedisCalls(redis.url());
    node = TestNode.with(redis.url(), "node", Map.of("chatterbox.bus.request-timeout", "500ms"));
  }

  @AfterEach
  void stop() {
    node.close();
    calls.close();
    redis.close();
  }

  @Test
  void hearsEverythingPublishedAfterTheConfirmationInOrder() {
    confirmed(node.channels().subscribe("news", ear));
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      assertThat(calls.number(Command.PUBLISH, "news", "m" + i)).isEqualTo(1);
      sent.add("m" + i);
    }
    await().until(() -> heard.size() == 500);
    assertThat(heard).isEqualTo(sent);
  }

  @Test
  void subscribesOnceForManyAndUnsubscribesAfterTheLast() {
    Handler<Buffer> other = message -> heard.add("other " + message);
    confirmed(node.channels().subscribe("news", ear));
    confirmed(node.channels().subscribe("news", other));
    assertThat(calls.number(Command.PUBLISH, "news", "a")).isEqualTo(1);
    await().until(() -> heard.size() == 2);
    assertThat(heard).containsExactly("a", "other a");
    node.channels().unsubscribe("news", ear);
    confirmed(node.channels().subscribe("fence", m -> {}));
    calls.call(Command.PUBLISH, "news", "b");
    await().until(() -> heard.size() == 3);
    assertThat(heard.getLast()).isEqualTo("other b");
    node.channels().unsubscribe("news", other);
    await().until(() -> calls.number(Command.PUBLISH, "news", "c") == 0);
  }

  @Test
  void confirmsTheLastOfManyChangesOfMind() {
    for (int i = 0; i < 50; i++) {
      node.channels().subscribe("news", ear);
      node.channels().unsubscribe("news", ear);
    }
    confirmed(node.channels().subscribe("news", ear));
    assertThat(calls.number(Command.PUBLISH, "news", "a")).isEqualTo(1);
    await().until(() -> heard.equals(List.of("a")));
  }

  @Test
  void confirmsThousandsOfChannelsAskedAtOnce() {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      all.add(node.channels().subscribe("c" + i, ear));
    }
    confirmed(Future.all(all).mapEmpty());
    for (int i = 0; i < 3_000; i += 100) {
      assertThat(calls.number(Command.PUBLISH, "c" + i, "m")).isEqualTo(1);
    }
  }

  @Test
  void subscribesAgainAfterALostLinkAndTellsIt() {
    AtomicInteger restored = new AtomicInteger();
    node.channels().onRestored(restored::incrementAndGet);
    confirmed(node.channels().subscribe("news", ear));
    assertThat(restored).hasValue(0);
    calls.call(Command.CLIENT, "KILL", "TYPE", "pubsub");
    await().until(() -> restored.get() == 1);
    assertThat(calls.number(Command.PUBLISH, "news", "after")).isEqualTo(1);
    await().until(() -> heard.equals(List.of("after")));
  }

  @Test
  void comesBackAfterRedisWasKilledAndStartedEmpty() {
    AtomicInteger restored = new AtomicInteger();
    node.channels().onRestored(restored::incrementAndGet);
    confirmed(node.channels().subscribe("news", ear));
    redis.kill();
    await().until(() -> !node.channels().isWhole());
    Future<Void> late = node.channels().subscribe("late", ear);
    redis.startAgain();
    await().until(() -> restored.get() == 1);
    assertThat(calls.number(Command.PUBLISH, "news", "a")).isEqualTo(1);
    assertThat(calls.number(Command.PUBLISH, "late", "b")).isEqualTo(1);
    await().until(() -> heard.equals(List.of("a", "b")));
    assertThat(late.isComplete()).isTrue();
  }

  @Test
  void failsASubscriptionThatAPausedRedisDoesNotConfirmAndMakesItLater() {
    redis.pause();
    Future<Void> unconfirmed = node.channels().subscribe("news", ear);
    await().until(unconfirmed::failed);
    await().until(() -> !node.channels().isWhole());
    redis.resume();
    await().until(() -> node.channels().isWhole());
    await().until(() -> calls.number(Command.PUBLISH, "news", "a") == 1);
    await().until(() -> !heard.isEmpty());
  }

  @Test
  void goesOnWhenAHandlerFails() {
    confirmed(
        node.channels()
            .subscribe(
                "news",
                message -> {
                  throw new IllegalStateException("a fault");
                }));
    confirmed(node.channels().subscribe("news", ear));
    calls.call(Command.PUBLISH, "news", "a");
    await().until(() -> heard.equals(List.of("a")));
  }

  @Test
  void publishesStatesOnTheKeysChannel() {
    Key key = Key.user("u1");
    Hint hint =
        new Hint.State(
            4, List.of(ClientEvent.of("e", ClientEvent.Reach.SELF, RawJson.of("{\"a\":1}"))));
    List<Hint> hints = Collections.synchronizedList(new ArrayList<>());
    String channel = Service.PRESENCE.partitionOf(key).channel(key);
    confirmed(
        node.channels().subscribe(channel, message -> hints.addAll(node.hints().read(message))));
    confirmed(node.publisher().publish(Service.PRESENCE, key, hint));
    await().until(() -> hints.equals(List.of(hint)));
  }

  private static void confirmed(Future<Void> future) {
    future.toCompletionStage().toCompletableFuture().join();
  }
}

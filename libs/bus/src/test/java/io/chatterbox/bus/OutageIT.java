package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Redis is emptied, paused, killed, while commands are on their way. Nothing needs a restart.
class OutageIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int ALL = Service.PARTITIONS;
  private static final Map<String, String> QUICK =
      Map.of("chatterbox.bus.request-timeout", "500ms", "chatterbox.bus.silence", "1s");

  private final Ledger ledger = new Ledger();
  private final List<TestNode> nodes = new ArrayList<>();
  private StoreProcess redis;

  @BeforeEach
  void start() {
    redis = TestRedis.start();
  }

  @AfterEach
  void stop() {
    nodes.forEach(TestNode::close);
    redis.close();
  }

  @Test
  void everythingIsDoneOnceAndInOrderThoughRedisWasEmptiedMidway() {
    TestNode gateway = node();
    TestNode replica = replica();
    CountDownLatch emptied = new CountDownLatch(1);
    ledger.beforeBatch(batch -> CommandsIT.awaitLatch(emptied));
    Answers answers = new Answers();
    for (int i = 0; i < 200; i++) {
      answers.send(gateway.client(), Key.conversation("k" + i), "m" + i);
    }
    await().until(() -> ledger.calls() > 0);
    try (RedisCalls calls = new RedisCalls(redis.url())) {
      calls.call(Command.FLUSHALL);
      calls.call(Command.SCRIPT, "FLUSH");
    }
    emptied.countDown();
    assertThat(Answers.done(answers.await(200))).hasSize(200);
    assertThat(ledger.size()).isEqualTo(200);
    await().atMost(PATIENCE).until(() -> owned(replica) == ALL);
    assertThat(Answers.done(one(gateway))).hasSize(1);
  }

  @Test
  void aPausedRedisIsTakenForLostAndEverythingIsAnsweredWhenItGoesOn() {
    TestNode gateway = node();
    TestNode replica = replica();
    await().until(() -> owned(replica) == ALL);
    redis.pause();
    Answers answers = new Answers();
    for (int i = 0; i < 50; i++) {
      answers.send(gateway.client(), Key.conversation("k" + i), "m" + i);
    }
    await().atMost(PATIENCE).until(() -> !gateway.links().requests().isUp());
    assertThat(answers.all()).isEmpty();
    redis.resume();
    assertThat(Answers.done(answers.await(50))).hasSize(50);
    assertThat(ledger.size()).isEqualTo(50);
  }

  @Test
  void aCommandIsUnavailableWhenRedisStaysPausedAndIsNotBegunLater() {
    TestNode gateway = node("chatterbox.bus.give-up", "1500ms");
    TestNode replica = replica("chatterbox.bus.give-up", "1500ms");
    await().until(() -> owned(replica) == ALL);
    redis.pause();
    Answers answers = new Answers().send(gateway.client(), Key.room("r"), "late");
    assertThat(Answers.refused(answers.await(1))).containsExactly(ErrorCode.UNAVAILABLE);
    redis.resume();
    assertThat(Answers.done(one(gateway))).hasSize(1);
    assertThat(ledger.calls("late")).isZero();
  }

  @Test
  void aKilledRedisThatComesBackEmptyLosesNothingThatWasAcknowledged() {
    TestNode gateway = node();
    TestNode replica = replica();
    await().until(() -> owned(replica) == ALL);
    Answers answers = new Answers();
    for (int i = 0; i < 100; i++) {
      answers.send(gateway.client(), Key.conversation("k" + i % 20), "before" + i);
    }
    redis.kill();
    for (int i = 0; i < 20; i++) {
      answers.send(gateway.client(), Key.conversation("k" + i), "during" + i);
    }
    await().until(() -> !gateway.links().requests().isUp());
    redis.startAgain();
    List<Reply> replies = answers.await(120);
    Set<String> done = new HashSet<>(Answers.done(replies));
    assertThat(replies).hasSize(120);
    assertThat(done).isNotEmpty();
    assertThat(ledger.all()).containsAll(done);
    assertThat(Answers.done(one(gateway))).hasSize(1);
  }

  @Test
  void aResultThatRedisCouldNotTakeIsDeliveredWhenItIsBack() {
    TestNode gateway = node();
    TestNode replica = replica();
    await().until(() -> owned(replica) == ALL);
    CountDownLatch paused = new CountDownLatch(1);
    ledger.beforeBatch(batch -> CommandsIT.awaitLatch(paused));
    Answers answers = new Answers().send(gateway.client(), Key.room("r"), "a");
    await().until(() -> ledger.calls("a") == 1);
    redis.pause();
    paused.countDown();
    await().until(() -> ledger.size() == 1);
    await().atMost(PATIENCE).until(() -> !replica.links().requests().isUp());
    redis.resume();
    assertThat(Answers.done(answers.await(1))).containsExactly("a");
    assertThat(answers.all()).hasSize(1);
  }

  private static List<Reply> one(TestNode gateway) {
    return new Answers().send(gateway.client(), Key.room("later"), "later").await(1);
  }

  private TestNode node(String... setting) {
    Map<String, String> settings = new HashMap<>(QUICK);
    if (setting.length == 2) {
      settings.put(setting[0], setting[1]);
    }
    TestNode node = TestNode.with(redis.url(), "node" + nodes.size(), settings);
    nodes.add(node);
    return node;
  }

  private TestNode replica(String... setting) {
    TestNode node = node(setting);
    node.start(ledger.processor(Service.CHAT));
    return node;
  }

  private static double owned(TestNode node) {
    return node.measured("chatterbox.bus.partitions");
  }
}

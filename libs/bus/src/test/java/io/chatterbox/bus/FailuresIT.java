package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailuresIT {
  private static final Key KEY = Key.conversation("c1");
  private static final Partition PARTITION = Service.CHAT.partitionOf(KEY);

  private static StoreProcess redis;
  private static RedisCalls calls;

  private final List<TestNode> nodes = new ArrayList<>();
  private final Ledger ledger = new Ledger();

  @BeforeAll
  static void startRedis() {
    redis = TestRedis.start();
    calls = new RedisCalls(redis.url());
  }

  @AfterAll
  static void stopRedis() {
    calls.close();
    redis.close();
  }

  @BeforeEach
  void empty() {
    calls.call(Command.FLUSHALL);
  }

  @AfterEach
  void close() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void givesUpACommandThatAlwaysFailsAfterThreeTriesAndDoesTheOthers() {
    TestNode node = node(Map.of());
    ledger.beforeBatch(FailuresIT::failOnPoison);
    Answers answers = new Answers().send(node.client(), KEY, "a", "poison", "b");
    node.start(ledger.processor(Service.CHAT));
    List<Reply> replies = answers.await(3);
    assertThat(Answers.done(replies)).containsExactly("a", "b");
    assertThat(Answers.refused(replies)).containsExactly(ErrorCode.SERVER_ERROR);
    // once with the batch, which counts for nothing, and three times alone
    assertThat(ledger.calls("poison")).isEqualTo(4);
    assertThat(ledger.done(KEY)).containsExactly("a", "b");
    Response letter = only(calls.call(Command.XRANGE, PARTITION.deadLetters(), "-", "+"));
    assertThat(values(letter.get(1))).contains("poison", KEY.text(), "send-message");
    assertThat(calls.number(Command.EXISTS, PARTITION.tries())).isZero();
    assertThat(node.measured("chatterbox.bus.commands.dead")).isEqualTo(1);
    await().until(() -> calls.number(Command.XLEN, PARTITION.commands()) == 0);
  }

  @Test
  void keepsTheNewestDeadLettersOnly() {
    TestNode node = node(Map.of("chatterbox.bus.dead-letters", "2"));
    ledger.beforeBatch(FailuresIT::failOnPoison);
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers().send(node.client(), KEY, "poison1", "poison2", "poison3");
    answers.await(3);
    assertThat(calls.number(Command.XLEN, PARTITION.deadLetters())).isEqualTo(2);
  }

  @Test
  void doesACommandThatFailsOnceOrTwice() {
    TestNode node = node(Map.of());
    AtomicInteger failures = new AtomicInteger();
    ledger.beforeBatch(batch -> {
      if (failures.incrementAndGet() < 4) {
        throw new IllegalStateException("not yet");
      }
    });
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(new Answers().send(node.client(), KEY, "a").await(1)))
        .containsExactly("a");
    await().until(() -> calls.number(Command.EXISTS, PARTITION.tries()) == 0);
    assertThat(calls.number(Command.XLEN, PARTITION.deadLetters())).isZero();
  }

  @Test
  void waitsForTheStoreAndCountsNothing() {
    TestNode node = node(Map.of());
    AtomicInteger rounds = new AtomicInteger();
    ledger.beforeBatch(batch -> {
      if (rounds.incrementAndGet() < 7) {
        throw new StoreAwayException(new IllegalStateException("away"));
      }
    });
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers().send(node.client(), KEY, "a", "b");
    assertThat(Answers.done(answers.await(2))).containsExactly("a", "b");
    assertThat(ledger.calls("a")).isEqualTo(7);
    assertThat(calls.number(Command.EXISTS, PARTITION.tries())).isZero();
    assertThat(calls.number(Command.XLEN, PARTITION.deadLetters())).isZero();
  }

  @Test
  void takesATryBackThatFailedForTheStore() {
    TestNode node = node(Map.of());
    AtomicInteger rounds = new AtomicInteger();
    ledger.beforeBatch(batch -> {
      int round = rounds.incrementAndGet();
      if (round == 1) {
        throw new IllegalStateException("a fault");
      }
      if (round < 8) {
        throw new StoreAwayException(new IllegalStateException("away"));
      }
    });
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(new Answers().send(node.client(), KEY, "a").await(1)))
        .containsExactly("a");
  }

  @Test
  void beginsNothingThatBecameTooOldWhileTheStoreWasAway() {
    TestNode node =
        node(Map.of("chatterbox.bus.give-up", "700ms", "chatterbox.bus.silence", "200ms"));
    CountDownLatch back = new CountDownLatch(1);
    ledger.beforeBatch(batch -> {
      if (back.getCount() > 0) {
        throw new StoreAwayException(new IllegalStateException("away"));
      }
    });
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers().send(node.client(), KEY, "a");
    assertThat(Answers.refused(answers.await(1))).containsExactly(ErrorCode.UNAVAILABLE);
    await().until(() -> calls.number(Command.XLEN, PARTITION.commands()) == 0);
    back.countDown();
    assertThat(Answers.done(new Answers().send(node.client(), KEY, "b").await(1)))
        .containsExactly("b");
    assertThat(ledger.done(KEY)).containsExactly("b");
  }

  @Test
  void countsWhatAKilledOwnerHadBegunOneByOne() {
    TestNode first = node(Map.of());
    CountDownLatch killed = new CountDownLatch(1);
    ledger.beforeBatch(batch -> {
      CommandsIT.awaitLatch(killed);
      throw new IllegalStateException("killed");
    });
    first.start(ledger.processor(Service.CHAT));
    TestNode sender = node(Map.of());
    Answers answers = new Answers().send(sender.client(), KEY, "a", "b");
    await().until(() -> ledger.calls("a") == 1);
    first.kill();
    AtomicReference<String> triesDuring = new AtomicReference<>("");
    List<Integer> sizes = new ArrayList<>();
    ledger.beforeBatch(batch -> {
      sizes.add(batch.size());
      String id = batch.getFirst().id();
      String tries = calls.text(Command.HGET, PARTITION.tries(), id);
      triesDuring.updateAndGet(before -> before + id + "=" + tries + " ");
    });
    node(Map.of()).start(ledger.processor(Service.CHAT));
    killed.countDown();
    assertThat(Answers.done(answers.await(2))).containsExactly("a", "b");
    assertThat(triesDuring.get()).isEqualTo("a=1 b=1 ");
    assertThat(sizes).containsExactly(1, 1);
  }

  @Test
  void givesUpACommandThatKilledThreeOwners() {
    calls.call(Command.HSET, PARTITION.tries(), "poison", "3");
    TestNode sender = node(Map.of());
    Answers answers = new Answers().send(sender.client(), KEY, "poison");
    await().until(() -> calls.number(Command.XLEN, PARTITION.commands()) == 1);
    Response entry = only(calls.call(Command.XRANGE, PARTITION.commands(), "-", "+"));
    String id = entry.get(0).toString();
    calls.call(Command.SET, PARTITION.begun(), "killed " + id + " " + id);
    sender.start(ledger.processor(Service.CHAT));
    assertThat(Answers.refused(answers.await(1))).containsExactly(ErrorCode.SERVER_ERROR);
    assertThat(ledger.calls("poison")).isZero();
    assertThat(calls.number(Command.XLEN, PARTITION.deadLetters())).isEqualTo(1);
  }

  @Test
  void givesUpWhatKilledWhoeverTriedItAndIsTooOldByNow() {
    Map<String, String> hasty =
        Map.of("chatterbox.bus.give-up", "700ms", "chatterbox.bus.silence", "200ms");
    TestNode sender = node(hasty);
    Answers answers = new Answers().send(sender.client(), KEY, "poison", "innocent");
    await().until(() -> calls.number(Command.XLEN, PARTITION.commands()) == 1);
    Response entry = only(calls.call(Command.XRANGE, PARTITION.commands(), "-", "+"));
    String id = entry.get(0).toString();
    calls.call(Command.SET, PARTITION.begun(), "killed " + id + " " + id);
    calls.call(Command.HSET, PARTITION.tries(), "poison", "1");
    assertThat(Answers.refused(answers.await(2)))
        .containsExactly(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE);
    node(hasty).start(ledger.processor(Service.CHAT));
    await().until(() -> calls.number(Command.XLEN, PARTITION.commands()) == 0);
    Response letter = only(calls.call(Command.XRANGE, PARTITION.deadLetters(), "-", "+"));
    assertThat(values(letter.get(1))).contains("poison");
    assertThat(ledger.done(KEY)).isEmpty();
  }

  @Test
  void triesAFailingAskAndGivesItUp() {
    TestNode node = node(Map.of());
    ledger.beforeAsk(command -> {
      throw new IllegalStateException("a fault");
    });
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.refused(new Answers().ask(node.client(), KEY, "x").await(1)))
        .containsExactly(ErrorCode.SERVER_ERROR);
    assertThat(ledger.calls("x")).isEqualTo(4);
    AtomicInteger rounds = new AtomicInteger();
    ledger.beforeAsk(command -> {
      if (rounds.incrementAndGet() < 5) {
        throw new StoreAwayException(new IllegalStateException("away"));
      }
    });
    assertThat(Answers.done(new Answers().ask(node.client(), KEY, "y").await(1)))
        .containsExactly("y");
  }

  @Test
  void answersACommandThatTheProcessorForgot() {
    TestNode node = node(Map.of());
    CommandProcessor inner = ledger.processor(Service.CHAT);
    node.start(
        new CommandProcessor() {
          @Override
          public Service service() {
            return Service.CHAT;
          }

          @Override
          public Outcome process(List<PendingCommand> batch) {
            return new Outcome(List.of(), List.of());
          }

          @Override
          public Reply ask(PendingCommand command) {
            return inner.ask(command);
          }
        });
    assertThat(Answers.refused(new Answers().send(node.client(), KEY, "a").await(1)))
        .containsExactly(ErrorCode.SERVER_ERROR);
  }

  private static void failOnPoison(List<PendingCommand> batch) {
    if (batch.stream().anyMatch(command -> command.id().startsWith("poison"))) {
      throw new IllegalStateException("poison");
    }
  }

  private TestNode node(Map<String, String> settings) {
    TestNode node = TestNode.with(redis.url(), "node" + nodes.size(), settings);
    nodes.add(node);
    return node;
  }

  private static Response only(@Nullable Response entries) {
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static List<String> values(Response fields) {
    return fields.stream().map(Response::toString).toList();
  }
}

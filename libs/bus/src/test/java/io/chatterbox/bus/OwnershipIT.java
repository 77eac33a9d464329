package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.Beat;
import io.chatterbox.contract.ChatCommand.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.vertx.redis.client.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnershipIT {
  private static final int ALL = Service.PARTITIONS;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Key KEY = Key.conversation("c1");

  private static StoreProcess redis;
  private static RedisCalls calls;

  private final List<TestNode> nodes = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private final List<CommandLoop> loops = new ArrayList<>();
  private final CompletableFuture<Thread> writerOfFirst = new CompletableFuture<>();

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
  void replicasShareThePartitionsAsRendezvousSays() {
    TestNode one = replica("one");
    TestNode two = replica("two");
    List<String> both = List.of(one.incarnation(), two.incarnation());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(owners()).isEqualTo(expected(both)));
    await().until(() -> owned(one) + owned(two) == ALL);
    assertThat(owned(one)).isPositive();
    assertThat(owned(two)).isPositive();
  }

  @Test
  void replicasShareAgainAfterRedisWasEmptied() {
    List<String> both = List.of(replica("one").incarnation(), replica("two").incarnation());
    await().atMost(PATIENCE).until(() -> owners().equals(expected(both)));
    calls.call(Command.FLUSHALL);
    await().atMost(PATIENCE).until(() -> owners().equals(expected(both)));
    assertThat(Answers.done(new Answers().send(nodes.getFirst().client(), KEY, "a").await(1)))
        .containsExactly("a");
  }

  @Test
  void anotherReplicaTakesOverWhatAKilledOneHadAndKeepsTheOrder() {
    TestNode one = replica("one");
    await().until(() -> owned(one) == ALL);
    TestNode two = replica("two");
    TestNode sender = node("sender", Map.of());
    await().atMost(PATIENCE).until(() -> owned(two) > 0 && owned(one) + owned(two) == ALL);
    Answers answers = new Answers();
    Map<Key, List<String>> sent = new HashMap<>();
    CountDownLatch killed = new CountDownLatch(1);
    ledger.beforeBatch(batch -> {
      if (Thread.currentThread().equals(writerOfFirst.join())) {
        // its process is killed in the middle of this batch
        CommandsIT.awaitLatch(killed);
        throw new IllegalStateException("killed");
      }
    });
    for (int i = 0; i < 300; i++) {
      Key key = Key.conversation("k" + i % 30);
      answers.send(sender.client(), key, "m" + i);
      sent.computeIfAbsent(key, _ -> new ArrayList<>()).add("m" + i);
    }
    await().until(writerOfFirst::isDone);
    one.kill();
    killed.countDown();
    assertThat(Answers.done(answers.await(300))).hasSize(300);
    sent.forEach((key, ids) -> assertThat(ledger.done(key)).isEqualTo(ids));
    assertThat(owned(two)).isEqualTo(ALL);
  }

  @Test
  void handsOverOnDrainAfterTheBatchInHand() {
    TestNode one = replica("one");
    await().until(() -> owned(one) == ALL);
    CommandLoop loop = loops.getFirst();
    TestNode sender = node("sender", Map.of());
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeBatch(batch -> CommandsIT.awaitLatch(release));
    Answers first = new Answers().send(sender.client(), KEY, "in-hand");
    await().until(() -> ledger.calls("in-hand") == 1);
    Answers second = new Answers().send(sender.client(), KEY, "waiting");
    CompletableFuture<Void> drained = CompletableFuture.runAsync(loop::drain);
    Partition partition = Service.CHAT.partitionOf(KEY);
    await().until(() -> owners().size() == 1);
    assertThat(owners()).containsEntry(partition, one.incarnation());
    assertThat(calls.number(Command.ZCARD, RedisNames.replicas(Service.CHAT))).isZero();
    release.countDown();
    drained.join();
    assertThat(owners()).isEmpty();
    assertThat(Answers.done(first.await(1))).containsExactly("in-hand");
    assertThat(ledger.calls("waiting")).isZero();
    replica("two");
    assertThat(Answers.done(second.await(1))).containsExactly("waiting");
    assertThat(ledger.done(KEY)).containsExactly("in-hand", "waiting");
  }

  @Test
  void anOwnerWhoseLeasesWentToAnotherNoticesAndComesBackWhenTheyAreFree() {
    TestNode one = replica("one");
    await().until(() -> owned(one) == ALL);
    // as it looks to a process that was stopped for longer than its leases last
    partitions().forEach(p -> calls.call(Command.SET, p.owner(), "somebody", "PX", 60_000));
    await().until(() -> owned(one) == 0);
    Answers answers = new Answers().send(one.client(), KEY, "a");
    await().until(() -> calls.number(Command.XLEN, Service.CHAT.partitionOf(KEY).commands()) == 1);
    assertThat(ledger.calls("a")).isZero();
    partitions().forEach(p -> calls.call(Command.DEL, p.owner()));
    assertThat(Answers.done(answers.await(1))).containsExactly("a");
    await().until(() -> owned(one) == ALL);
    assertThat(one.measured("chatterbox.bus.takeovers")).isEqualTo(2 * ALL);
  }

  @Test
  void aBatchInHandIsFinishedByAnOwnerThatLostItsLease() {
    TestNode one = replica("one");
    await().until(() -> owned(one) == ALL);
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeBatch(batch -> CommandsIT.awaitLatch(release));
    Answers answers = new Answers().send(one.client(), KEY, "a");
    await().until(() -> ledger.calls("a") == 1);
    partitions().forEach(p -> calls.call(Command.SET, p.owner(), "somebody", "PX", 60_000));
    await().until(() -> owned(one) == 0);
    release.countDown();
    assertThat(Answers.done(answers.await(1))).containsExactly("a");
    assertThat(calls.text(Command.GET, Service.CHAT.partitionOf(KEY).owner()))
        .isEqualTo("somebody");
  }

  @Test
  void saysBeatsThatAreNumberedAndNameWhatChanged() {
    TestNode one = node("one", Map.of("chatterbox.bus.renewal", "200ms"));
    List<Beat> beats = Collections.synchronizedList(new ArrayList<>());
    one.channels()
        .subscribe(
            Service.CHAT.partitionOf(KEY).beats(),
            message -> beats.add(one.json().read(RawJson.of(message.getBytes()), Beat.class)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    one.start(ledger.processor(Service.CHAT));
    new Answers().send(one.client(), KEY, "a", "b").await(2);
    Head head = new Head(KEY.text(), 2);
    await().until(() -> beats.stream().anyMatch(beat -> beat.changed().contains(head)));
    await().until(() -> beats.getLast().changed().isEmpty() && beats.size() > 3);
    List<Beat> heard = List.copyOf(beats);
    assertThat(heard).allMatch(beat -> beat.owner().equals(one.incarnation()));
    assertThat(heard.stream().map(Beat::number).toList())
        .isEqualTo(IntStream.rangeClosed(1, heard.size()).mapToObj(n -> (long) n).toList());
  }

  @Test
  void readsAnEntryBehindItsCursorWhenRedisForgotItsOwnIds() {
    TestNode one = replica("one");
    new Answers().send(one.client(), KEY, "a").await(1);
    Partition partition = Service.CHAT.partitionOf(KEY);
    calls.call(Command.DEL, partition.commands());
    calls.call(
        Command.XADD,
        partition.commands(),
        "1-1",
        "first",
        Long.toString(calls.time()),
        "key",
        KEY.text(),
        "caller",
        one.json().write(Answers.ADA).text(),
        "to",
        "nobody",
        "id",
        "old",
        "event",
        "send-message",
        "body",
        "{}");
    await().atMost(PATIENCE).until(() -> ledger.calls("old") == 1);
  }

  private TestNode replica(String name) {
    TestNode node = node(name, Map.of());
    CommandProcessor inner = ledger.processor(Service.CHAT);
    boolean isFirst = loops.isEmpty();
    loops.add(
        node.start(
            new CommandProcessor() {
              @Override
              public Service service() {
                return inner.service();
              }

              @Override
              public Outcome process(List<PendingCommand> batch) {
                if (isFirst) {
                  writerOfFirst.complete(Thread.currentThread());
                }
                return inner.process(batch);
              }

              @Override
              public Reply ask(PendingCommand command) {
                return inner.ask(command);
              }
            }));
    return node;
  }

  private TestNode node(String name, Map<String, String> settings) {
    TestNode node = TestNode.with(redis.url(), name, settings);
    nodes.add(node);
    return node;
  }

  private static double owned(TestNode node) {
    return node.measured("chatterbox.bus.partitions");
  }

  private static List<Partition> partitions() {
    return IntStream.range(0, ALL).mapToObj(i -> new Partition(Service.CHAT, i)).toList();
  }

  private static Map<Partition, String> owners() {
    Map<Partition, String> owners = new HashMap<>();
    for (Partition partition : partitions()) {
      String owner = calls.text(Command.GET, partition.owner());
      if (owner != null) {
        owners.put(partition, owner);
      }
    }
    return owners;
  }

  private static Map<Partition, String> expected(List<String> replicas) {
    Map<Partition, String> owners = new HashMap<>();
    partitions().forEach(p -> owners.put(p, Rendezvous.owner(p, replicas)));
    return owners;
  }
}

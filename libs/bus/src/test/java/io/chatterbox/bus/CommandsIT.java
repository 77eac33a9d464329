package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandsIT {
  private static final Map<String, String> SHORT =
      Map.of("chatterbox.bus.give-up", "1s", "chatterbox.bus.silence", "200ms");
  private static final Key KEY = Key.conversation("c1");

  private static StoreProcess redis;
  private static RedisCalls calls;

  private final List<AutoCloseable> opened = new ArrayList<>();
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
    calls.call(Command.CONFIG, "RESETSTAT");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void answersEveryCommandOfAnEntryAndDeletesIt() {
    TestNode node = node(Map.of());
    node.start(ledger.processor(Service.CHAT));
    List<Reply> replies = new Answers().send(node.client(), KEY, "a", "b", "c").await(3);
    assertThat(Answers.done(replies)).containsExactly("a", "b", "c");
    assertThat(replies.getLast()).isEqualTo(new Reply.Done("c", 3, RawJson.of("{\"n\":\"c\"}")));
    assertThat(ledger.done(KEY)).containsExactly("a", "b", "c");
    await().until(() -> backlog(KEY) == 0);
  }

  @Test
  void keepsTheOrderOfAKeyOverManyEntries() {
    TestNode gateway = node(Map.of());
    node(Map.of()).start(ledger.processor(Service.CHAT));
    Answers answers = new Answers();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Key key = Key.conversation("k" + i % 10);
      answers.send(gateway.client(), key, "m" + i);
      if (i % 10 == 3) {
        expected.add("m" + i);
      }
    }
    assertThat(Answers.done(answers.await(1_000))).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(ledger.done(Key.conversation("k3"))).isEqualTo(expected);
  }

  @Test
  void takesAHundredsOfWaitingCommandsAsFewBatches() {
    TestNode node = node(Map.of());
    CountDownLatch allSent = new CountDownLatch(1);
    List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    ledger.beforeBatch(batch -> {
      awaitLatch(allSent);
      sizes.add(batch.size());
    });
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers();
    for (int i = 0; i < 1_200; i++) {
      answers.send(node.client(), Key.conversation("k" + i % 50), "m" + i);
    }
    await().until(() -> entriesWaiting() == 1_200);
    allSent.countDown();
    answers.await(1_200);
    assertThat(sizes).allMatch(size -> size <= 512).hasSizeLessThan(20);
  }

  @Test
  void publishesBeforeItReplies() {
    TestNode node = node(Map.of());
    List<Object> heard = Collections.synchronizedList(new ArrayList<>());
    String channel = Service.CHAT.partitionOf(KEY).channel(KEY);
    node.channels()
        .subscribe(channel, message -> heard.addAll(node.hints().read(message)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    node.start(ledger.processor(Service.CHAT));
    node.client().send(Answers.entry("send-message", KEY, "a", "b"), heard::add);
    await().until(() -> heard.size() == 4);
    assertThat(heard.subList(0, 2))
        .containsExactly(
            Ledger.change(1, RawJson.of("{\"n\":\"a\"}")),
            Ledger.change(2, RawJson.of("{\"n\":\"b\"}")));
    assertThat(heard.subList(2, 4)).allMatch(Reply.Done.class::isInstance);
  }

  @Test
  void publishesWhatABatchChangedOfAKeyInOneMessage() {
    TestNode node = node(Map.of());
    List<List<Hint>> messages = Collections.synchronizedList(new ArrayList<>());
    String channel = Service.CHAT.partitionOf(KEY).channel(KEY);
    node.channels()
        .subscribe(channel, message -> messages.add(node.hints().read(message)))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    node.start(ledger.processor(Service.CHAT));
    new Answers().send(node.client(), KEY, "a", "b", "c").await(3);
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst()).hasSize(3);
  }

  @Test
  void answersAsksWhileABatchIsStuck() {
    TestNode node = node(Map.of());
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeBatch(batch -> awaitLatch(release));
    node.start(ledger.processor(Service.CHAT));
    Answers changes = new Answers().send(node.client(), KEY, "a");
    await().until(() -> ledger.calls("a") == 1);
    assertThat(Answers.done(new Answers().ask(node.client(), KEY, "x", "y").await(2)))
        .containsExactlyInAnyOrder("x", "y");
    assertThat(changes.all()).isEmpty();
    release.countDown();
    assertThat(Answers.done(changes.await(1))).containsExactly("a");
  }

  @Test
  void deletesAnEntryOfBothKindsWhenBothAreAnswered() {
    TestNode node = node(Map.of());
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeAsk(command -> awaitLatch(release));
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers();
    CommandItem change = new CommandItem("a", "send-message", RawJson.of("{}"));
    CommandItem ask = new CommandItem("x", "follow", RawJson.of("{}"));
    node.client()
        .send(new CommandEntry(Service.CHAT, KEY, Answers.ADA, List.of(ask, change)), answers);
    assertThat(Answers.done(answers.await(1))).containsExactly("a");
    assertThat(backlog(KEY)).isEqualTo(1);
    release.countDown();
    assertThat(Answers.done(answers.await(2))).containsExactly("a", "x");
    await().until(() -> backlog(KEY) == 0);
  }

  @Test
  void asksAndWaitsOnAnOrdinaryThread() {
    TestNode node = node(Map.of());
    node.start(ledger.processor(Service.CHAT));
    Record follow = new ChatCommand.Follow("c1");
    assertThat(node.client().ask(Service.CHAT, KEY, Answers.ADA, "id1", follow))
        .isEqualTo(new Reply.Done("id1", 0, RawJson.of("{\"conversationId\":\"c1\"}")));
    ledger.beforeAsk(command -> {
      throw Refusal.notFound("No.");
    });
    assertThatThrownBy(() -> node.client().ask(Service.CHAT, KEY, Answers.ADA, follow))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
  }

  @Test
  void answersUnavailableOnceWhenNobodyOwnsThePartition() {
    TestNode node = node(SHORT);
    Answers answers = new Answers().send(node.client(), KEY, "a", "b");
    assertThat(Answers.refused(answers.await(2)))
        .containsExactly(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE);
    assertThat(node.measured("chatterbox.bus.commands.pending")).isZero();
  }

  @Test
  void deletesUnexecutedWhatIsOlderThanItsSenderWaits() {
    TestNode node = node(SHORT);
    Answers late = new Answers().send(node.client(), KEY, "late").ask(node.client(), KEY, "ask");
    late.await(2);
    assertThat(backlog(KEY)).isEqualTo(2);
    node.start(ledger.processor(Service.CHAT));
    await().until(() -> backlog(KEY) == 0);
    assertThat(ledger.calls("late")).isZero();
    assertThat(ledger.calls("ask")).isZero();
    assertThat(node.measured("chatterbox.bus.entries.stale")).isEqualTo(2);
    assertThat(late.all()).hasSize(2);
  }

  @Test
  void refusesClearlyWhenTheStreamIsFull() {
    TestNode node = node(Map.of("chatterbox.bus.stream-cap", "3"));
    Answers answers = new Answers();
    for (int i = 0; i < 3; i++) {
      answers.send(node.client(), KEY, "m" + i);
    }
    await().until(() -> backlog(KEY) == 3);
    Answers more = new Answers().send(node.client(), KEY, "more");
    assertThat(Answers.refused(more.await(1))).containsExactly(ErrorCode.RATE_LIMITED);
    assertThat(backlog(KEY)).isEqualTo(3);
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(answers.await(3))).hasSize(3);
    assertThat(ledger.calls("more")).isZero();
  }

  @Test
  void refusesWhenTooManyRepliesAreAwaited() {
    TestNode node = node(Map.of("chatterbox.bus.pending-replies", "2"));
    Answers fit = new Answers().send(node.client(), KEY, "a", "b");
    Answers more = new Answers().send(node.client(), KEY, "c");
    assertThat(Answers.refused(more.all())).containsExactly(ErrorCode.RATE_LIMITED);
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(fit.await(2))).containsExactly("a", "b");
    assertThat(Answers.done(new Answers().send(node.client(), KEY, "d").await(1)))
        .containsExactly("d");
  }

  @Test
  void refusesWhenTheBodiesThatAreAwaitedAreTooLarge() {
    TestNode node = node(Map.of("chatterbox.bus.pending-bytes", "20"));
    Answers fit = new Answers().send(node.client(), KEY, "a-command-of-some-length");
    Answers more = new Answers().send(node.client(), KEY, "c");
    assertThat(Answers.refused(more.all())).containsExactly(ErrorCode.RATE_LIMITED);
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(fit.await(1))).hasSize(1);
    assertThat(Answers.done(new Answers().send(node.client(), KEY, "d").await(1)))
        .containsExactly("d");
  }

  @Test
  void takesAnEntryOfAsManyCommandsAsAllowed() {
    TestNode node = node(Map.of());
    node.start(ledger.processor(Service.CHAT));
    String[] ids =
        IntStream.range(0, CommandEntry.MOST_ITEMS).mapToObj(i -> "m" + i).toArray(String[]::new);
    List<Reply> replies = new Answers().send(node.client(), KEY, ids).await(ids.length);
    assertThat(Answers.done(replies)).containsExactly(ids);
    assertThatThrownBy(() -> Answers.entry("e", KEY, new String[CommandEntry.MOST_ITEMS + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsCommandsOfOneIdApart() {
    TestNode node = node(Map.of());
    Key other = Key.conversation("c2");
    TestNode sender = node(Map.of());
    Answers one = new Answers().send(node.client(), KEY, "same");
    Answers two = new Answers().send(sender.client(), other, "first", "same");
    await().until(() -> entriesWaiting() == 2);
    node.start(ledger.processor(Service.CHAT));
    assertThat(one.await(1)).containsExactly(done("same", 1));
    assertThat(two.await(2)).containsExactly(done("first", 1), done("same", 2));
  }

  private static Reply done(String id, long rev) {
    return new Reply.Done(id, rev, RawJson.of("{\"n\":\"" + id + "\"}"));
  }

  @Test
  void refusesAsksThatAreTooMany() {
    TestNode node =
        node(Map.of("chatterbox.bus.asks-running", "1", "chatterbox.bus.asks-waiting", "3"));
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeAsk(command -> awaitLatch(release));
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers().ask(node.client(), KEY, "a", "b", "c", "d", "e");
    assertThat(Answers.refused(answers.await(2)))
        .containsExactly(ErrorCode.RATE_LIMITED, ErrorCode.RATE_LIMITED);
    release.countDown();
    assertThat(Answers.done(answers.await(5))).containsExactlyInAnyOrder("a", "b", "c");
    await().until(() -> backlog(KEY) == 0);
  }

  @Test
  void appendsAgainWithTheSameIdsAndTheFirstTimeWhenTheReplyWasLost() {
    TestNode node = node(Map.of("chatterbox.bus.silence", "200ms"));
    Answers answers = new Answers().send(node.client(), KEY, "a", "b");
    await().until(() -> backlog(KEY) == 1);
    Response first = onlyEntry(KEY);
    // an owner that did it and whose reply nobody heard
    calls.call(Command.XDEL, Service.CHAT.partitionOf(KEY).commands(), first.get(0).toString());
    await().until(() -> backlog(KEY) == 1);
    Response second = onlyEntry(KEY);
    assertThat(second.get(0).toString()).isNotEqualTo(first.get(0).toString());
    assertThat(values(second).subList(2, values(second).size()))
        .isEqualTo(values(first).subList(2, values(first).size()));
    long appendedAt = StreamId.parse(second.get(0).toString()).millis();
    assertThat(Long.parseLong(values(second).get(1))).isLessThanOrEqualTo(appendedAt - 200);
    assertThat(node.measured("chatterbox.bus.entries.repeated")).isEqualTo(1);
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(answers.await(2))).containsExactly("a", "b");
    assertThat(answers.all()).hasSize(2);
  }

  @Test
  void looksForTheEntryAndWaitsWhileItIsThere() {
    TestNode node = node(Map.of("chatterbox.bus.silence", "50ms"));
    CountDownLatch release = new CountDownLatch(1);
    ledger.beforeBatch(batch -> awaitLatch(release));
    node.start(ledger.processor(Service.CHAT));
    Answers answers = new Answers().send(node.client(), KEY, "a");
    await().until(() -> ledger.calls("a") == 1);
    await().until(() -> looks() >= 3);
    assertThat(backlog(KEY)).isEqualTo(1);
    release.countDown();
    answers.await(1);
    assertThat(ledger.calls("a")).isEqualTo(1);
  }

  @Test
  void handsTheSameCommandOverOnceThoughItWasAppendedTwice() {
    TestNode node = node(Map.of());
    TestNode other = node(Map.of());
    Answers answers = new Answers().send(node.client(), KEY, "a");
    Answers again = new Answers().send(other.client(), KEY, "a");
    await().until(() -> backlog(KEY) == 2);
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(answers.await(1))).containsExactly("a");
    assertThat(Answers.done(again.await(1))).containsExactly("a");
    assertThat(ledger.done(KEY)).containsExactly("a");
  }

  @Test
  void answersBothSendersOfACommandThatIsOnItsWay() {
    TestNode node = node(Map.of());
    Answers answers = new Answers().send(node.client(), KEY, "a");
    answers.send(node.client(), KEY, "a");
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(answers.await(2))).containsExactly("a", "a");
    assertThat(ledger.calls("a")).isEqualTo(1);
  }

  @Test
  void deletesWhatIsNoEntryAndGoesOn() {
    Partition partition = Service.CHAT.partitionOf(KEY);
    calls.call(Command.XADD, partition.commands(), "*", "nonsense", "x");
    calls.call(
        Command.XADD,
        partition.commands(),
        "*",
        "first",
        "x",
        "key",
        "k",
        "caller",
        "[]",
        "to",
        "t",
        "id",
        "i",
        "event",
        "e",
        "body",
        "b");
    TestNode node = node(Map.of());
    node.start(ledger.processor(Service.CHAT));
    assertThat(Answers.done(new Answers().send(node.client(), KEY, "a").await(1)))
        .containsExactly("a");
    await().until(() -> backlog(KEY) == 0);
  }

  @Test
  void carriesBytesThatAreNoText() {
    TestNode node = node(Map.of());
    node.start(ledger.processor(Service.CHAT));
    byte[] bytes = new byte[256];
    IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
    Answers answers = new Answers();
    Key odd = Key.conversation("ü \r\n😀");
    CommandItem item = new CommandItem("ü", "odd event", RawJson.of(bytes));
    node.client().send(new CommandEntry(Service.CHAT, odd, Answers.ADA, List.of(item)), answers);
    assertThat(answers.await(1)).containsExactly(new Reply.Done("ü", 1, RawJson.of(bytes)));
    assertThat(ledger.done(odd)).containsExactly("ü");
  }

  private TestNode node(Map<String, String> settings) {
    TestNode node = TestNode.with(redis.url(), "node" + opened.size(), settings);
    opened.add(node);
    return node;
  }

  private static long backlog(Key key) {
    return calls.number(Command.XLEN, Service.CHAT.partitionOf(key).commands());
  }

  private static long entriesWaiting() {
    return IntStream.range(0, Service.PARTITIONS)
        .mapToLong(
            index -> calls.number(Command.XLEN, new Partition(Service.CHAT, index).commands()))
        .sum();
  }

  private static Response onlyEntry(Key key) {
    Response entries =
        calls.call(Command.XRANGE, Service.CHAT.partitionOf(key).commands(), "-", "+");
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static List<String> values(Response entry) {
    return entry.get(1).stream().map(Response::toString).toList();
  }

  /// How often an entry was looked for.
  private static long looks() {
    String stats = String.valueOf(calls.text(Command.INFO, "commandstats"));
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_xrange:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
        .sum();
  }

  static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

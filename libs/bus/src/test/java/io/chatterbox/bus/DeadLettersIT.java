package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Dead letters of two replicas, looked at from a third process.
class DeadLettersIT {
  private static StoreProcess redis;
  private static RedisCalls calls;

  private final List<TestNode> nodes = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private final AtomicBoolean isBroken = new AtomicBoolean(true);

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
  void twoReplicasThatFailOnPoison() {
    calls.call(Command.FLUSHALL);
    ledger.beforeBatch(batch -> {
      if (isBroken.get() && batch.stream().anyMatch(command -> command.id().contains("poison"))) {
        throw new IllegalStateException("what somebody wrote");
      }
    });
    for (String name : List.of("one", "two")) {
      node(name, Map.of()).start(ledger.processor(Service.CHAT));
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(TestNode::close);
  }

  @Test
  void aLetterTellsWhatItWasAndWhyButNotWhatItSays() {
    Key key = key(1);
    DeadLetter letter = buried(key, "poison").getFirst();
    assertThat(letter.service()).isEqualTo(Service.CHAT);
    assertThat(letter.event()).isEqualTo("send-message");
    assertThat(letter.key()).isEqualTo(key.text());
    assertThat(letter.userId()).isEqualTo(Answers.ADA.userId());
    assertThat(letter.username()).isEqualTo(Answers.ADA.username());
    assertThat(letter.commandId()).isEqualTo("poison");
    assertThat(letter.tries()).isEqualTo(Failures.MOST_TRIES);
    assertThat(letter.bytes()).isPositive();
    assertThat(letter.reason())
        .startsWith("IllegalStateException in DeadLettersIT")
        .doesNotContain("what somebody wrote");
  }

  @Test
  void whatIsSentAgainIsDoneOnceAndItsLetterIsGone() {
    Key key = key(1);
    DeadLetter letter = buried(key, "poison").getFirst();
    isBroken.set(false);
    assertThat(again(letter)).isEqualTo(DeadLetters.Outcome.SENT);
    await().until(() -> ledger.done(key).equals(List.of("poison")));
    assertThat(page().total()).isZero();
    assertThat(again(letter)).isEqualTo(DeadLetters.Outcome.GONE);
    await().until(() -> calls.number(Command.XLEN, partition(letter).commands()) == 0);
    assertThat(ledger.done(key)).containsExactly("poison");
  }

  @Test
  void manyWhoSendTheSameAgainAtTheSameTimeSendItOnce() {
    DeadLetter letter = buried(key(1), "poison").getFirst();
    long callsBefore = ledger.calls("poison");
    isBroken.set(false);
    TestNode other = node("third", Map.of());
    List<Future<DeadLetters.Outcome>> outcomes =
        IntStream.range(0, 20)
            .mapToObj(i -> letters(i % 2 == 0 ? other : nodes.getFirst()))
            .map(letters -> letters.sendAgain(partition(letter), letter.id()))
            .toList();
    assertThat(outcomes.stream().map(DeadLettersIT::result))
        .containsOnlyOnce(DeadLetters.Outcome.SENT)
        .containsOnly(DeadLetters.Outcome.SENT, DeadLetters.Outcome.GONE);
    await().until(() -> ledger.calls("poison") > callsBefore);
    await().until(() -> calls.number(Command.XLEN, partition(letter).commands()) == 0);
    assertThat(ledger.calls("poison")).isEqualTo(callsBefore + 1);
  }

  @Test
  void whatFailsAgainIsALetterAgain() {
    DeadLetter letter = buried(key(1), "poison").getFirst();
    assertThat(again(letter)).isEqualTo(DeadLetters.Outcome.SENT);
    await().until(() -> page().total() == 1);
    DeadLetter next = page().newest().getFirst();
    assertThat(next.commandId()).isEqualTo("poison");
    assertThat(next.id()).isNotEqualTo(letter.id());
    assertThat(next.tries()).isEqualTo(Failures.MOST_TRIES);
  }

  @Test
  void theLetterStaysWhenTheStreamIsFull() {
    DeadLetter letter = buried(key(1), "poison").getFirst();
    DeadLetters full = letters(node("full", Map.of("chatterbox.bus.stream-cap", "0")));
    assertThat(result(full.sendAgain(partition(letter), letter.id())))
        .isEqualTo(DeadLetters.Outcome.FULL);
    assertThat(page().newest()).containsExactly(letter);
  }

  @Test
  void aDroppedLetterIsGoneAndNeverDone() {
    Key key = key(1);
    DeadLetter letter = buried(key, "poison").getFirst();
    isBroken.set(false);
    assertThat(result(letters().drop(partition(letter), letter.id()))).isTrue();
    assertThat(result(letters().drop(partition(letter), letter.id()))).isFalse();
    assertThat(again(letter)).isEqualTo(DeadLetters.Outcome.GONE);
    assertThat(page().total()).isZero();
    Answers.done(new Answers().send(nodes.getFirst().client(), key, "after").await(1));
    assertThat(ledger.done(key)).containsExactly("after");
  }

  @Test
  void lettersOfAllPartitionsComeNewestFirstAndAreCounted() {
    for (int i = 0; i < 5; i++) {
      buried(key(i), "poison" + i);
    }
    DeadLetters.Page page = result(letters().newest(3));
    assertThat(page.total()).isEqualTo(5);
    assertThat(page.newest())
        .extracting(DeadLetter::commandId)
        .containsExactly("poison4", "poison3", "poison2");
  }

  @Test
  void aLetterThatIsNoCommandIsListedAndStays() {
    Partition partition = new Partition(Service.AI, 3);
    calls.call(Command.XADD, partition.deadLetters(), "*", "something", "else");
    DeadLetter letter = page().newest().getFirst();
    assertThat(letter.reason()).isEmpty();
    assertThat(again(letter)).isEqualTo(DeadLetters.Outcome.UNREADABLE);
    assertThat(page().total()).isEqualTo(1);
    assertThatThrownBy(() -> letters().sendAgain(partition, "- +")).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> letters().drop(partition, "")).isInstanceOf(Refusal.class);
  }

  /// Sends a command that fails, and waits for its letter.
  private List<DeadLetter> buried(Key key, String id) {
    long before = page().total();
    new Answers().send(nodes.getFirst().client(), key, id).await(1);
    await().until(() -> page().total() == before + 1);
    return page().newest();
  }

  private DeadLetters.Outcome again(DeadLetter letter) {
    return result(letters().sendAgain(partition(letter), letter.id()));
  }

  private DeadLetters.Page page() {
    return result(letters().newest(100));
  }

  private DeadLetters letters() {
    return letters(nodes.getFirst());
  }

  private static DeadLetters letters(TestNode node) {
    return node.deadLetters();
  }

  private static Partition partition(DeadLetter letter) {
    return new Partition(letter.service(), letter.partition());
  }

  private static Key key(int number) {
    return Key.conversation("c" + number);
  }

  private static <T> T result(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private TestNode node(String name, Map<String, String> settings) {
    TestNode node = TestNode.with(redis.url(), name, settings);
    nodes.add(node);
    // it connects by and by
    await().ignoreExceptions().until(() -> result(letters(node).newest(1)).total() >= 0);
    return node;
  }
}

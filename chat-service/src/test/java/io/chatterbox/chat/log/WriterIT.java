package io.chatterbox.chat.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Publication;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.ChatFixture;
import io.chatterbox.chat.limits.SendingLimits;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.MarkRead;
import io.chatterbox.contract.ChatCommand.SendMessage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.testkit.Stores;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Stores.class)
class WriterIT {
  @Inject Writers writers;
  @Inject Entries entries;
  @Inject Documents documents;
  @Inject Json json;
  @Inject SendingLimits limits;

  private Writer writer;
  private ChatFixture chat;
  private Caller anna;
  private Caller ben;
  private Key key;

  @BeforeEach
  void makeConversation() {
    writer = writers.another();
    chat = new ChatFixture(json);
    anna = chat.person("anna");
    ben = chat.person("ben");
    key = chat.direct(writer, anna, ben);
  }

  @Test
  void numbersABatchInItsOrder() {
    List<PendingCommand> batch = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      batch.add(send(anna, "anna " + i, null));
      batch.add(send(ben, "ben " + i, null));
    }
    Outcome outcome = writer.write(batch);

    assertThat(outcome.replies()).hasSize(20).allMatch(Reply.Done.class::isInstance);
    assertThat(revs(outcome.publications())).containsExactlyElementsOf(numbers(2, 21));
    List<Entry> stored = messages();
    assertThat(stored).extracting(Entry::seq).containsExactlyElementsOf(numbers(1, 20));
    assertThat(stored.get(4).body().getString("content")).isEqualTo("anna 2");
    assertThat(stored.get(5).body().getString("content")).isEqualTo("ben 2");
  }

  @Test
  void storesARepeatedIdOnceWithinABatch() {
    List<PendingCommand> batch =
        IntStream.range(0, 5).mapToObj(i -> send(anna, "try " + i, "same")).toList();
    Outcome outcome = writer.write(batch);

    assertThat(outcome.replies())
        .extracting(reply -> ((Reply.Done) reply).body().text())
        .hasSize(5)
        .containsOnly(((Reply.Done) outcome.replies().getFirst()).body().text());
    assertThat(messages()).hasSize(1);
    assertThat(outcome.publications()).hasSize(1);
  }

  @Test
  void answersARepeatWithTheFirstResultWhateverItsContent() {
    Reply.Done first = done(writer.write(List.of(send(anna, "first", "same"))));
    Reply.Done again = done(writer.write(List.of(send(anna, "second", "same"))));
    Reply.Done elsewhere = done(writers.another().write(List.of(send(anna, "third", "same"))));

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(elsewhere.body()).isEqualTo(first.body());
    assertThat(again.rev()).isEqualTo(first.rev());
    assertThat(messages()).hasSize(1);
  }

  @Test
  void handlesAWholeBatchAgainWithoutStoringItTwice() {
    List<PendingCommand> batch =
        IntStream.range(0, 150)
            .mapToObj(i -> send(i % 2 == 0 ? anna : ben, "m" + i, null))
            .toList();
    Outcome first = writer.write(batch);
    Outcome again = writers.another().write(batch);

    assertThat(again.replies()).isEqualTo(first.replies());
    assertThat(messages()).extracting(Entry::seq).containsExactlyElementsOf(numbers(1, 150));
  }

  @Test
  void goesOnAfterRepeatsWithinABatch() {
    writer.write(List.of(send(anna, "a", "a"), send(anna, "b", "b")));
    Outcome outcome =
        writer.write(
            List.of(
                send(anna, "new 1", null),
                send(anna, "b again", "b"),
                send(ben, "new 2", null),
                send(anna, "a again", "a"),
                send(ben, "new 3", null)));

    assertThat(outcome.replies()).allMatch(Reply.Done.class::isInstance);
    assertThat(messages())
        .extracting(entry -> entry.body().getString("content"))
        .containsExactly("a", "b", "new 1", "new 2", "new 3");
  }

  @Test
  void twoWritersOfOneKeyLeaveNoHole() throws Exception {
    Writer other = writers.another();
    int batches = 20;
    int size = 10;
    List<Callable<List<Reply>>> work =
        List.of(
            () -> sendMany(writer, anna, batches, size), () -> sendMany(other, ben, batches, size));
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<List<Reply>> done : threads.invokeAll(work)) {
        replies.addAll(done.get());
      }
    }

    int all = 2 * batches * size;
    assertThat(replies).hasSize(all).allMatch(Reply.Done.class::isInstance);
    Set<Long> revs = new HashSet<>();
    replies.forEach(reply -> revs.add(((Reply.Done) reply).rev()));
    assertThat(revs).containsExactlyInAnyOrderElementsOf(numbers(2, all + 1));
    assertThat(messages()).extracting(Entry::seq).containsExactlyElementsOf(numbers(1, all));
    assertThat(messages()).extracting(Entry::rev).containsExactlyElementsOf(numbers(2, all + 1));
    Head stored = documents.read(key);
    assertThat(stored.rev()).isEqualTo(all + 1);
    assertThat(stored.seq()).isEqualTo(all);
    for (Caller sender : List.of(anna, ben)) {
      assertThat(messages())
          .filteredOn(entry -> entry.sender().equals(sender.userId()))
          .extracting(entry -> Integer.parseInt(entry.body().getString("content")))
          .isSorted();
    }
  }

  @Test
  void twoWritersOfTheSameCommandsStoreThemOnce() throws Exception {
    Writer other = writers.another();
    List<PendingCommand> batch =
        IntStream.range(0, 60).mapToObj(i -> send(anna, "m" + i, "id" + i)).toList();
    List<Callable<Outcome>> work = List.of(() -> writer.write(batch), () -> other.write(batch));
    List<Outcome> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (Future<Outcome> done : threads.invokeAll(work)) {
        outcomes.add(done.get());
      }
    }

    assertThat(outcomes.getFirst().replies()).isEqualTo(outcomes.getLast().replies());
    assertThat(messages()).extracting(Entry::seq).containsExactlyElementsOf(numbers(1, 60));
  }

  @Test
  void appliesAndPublishesWhatAWriterLeftBehindBetweenInsertAndApply() {
    writer.write(List.of(send(anna, "one", null)));
    Head before = documents.read(key);
    entries.insert(List.of(left(before, 1, "two"), left(before, 2, "three")));

    Outcome outcome = writers.another().write(List.of(send(ben, "four", null)));

    assertThat(revs(outcome.publications())).containsExactly(3L, 4L, 5L);
    assertThat(messages())
        .extracting(entry -> entry.body().getString("content"))
        .containsExactly("one", "two", "three", "four");
    assertThat(documents.read(key).rev()).isEqualTo(5);
    assertThat(documents.read(key).seq()).isEqualTo(4);
  }

  @Test
  void aWriterWithAnOldHeadTakesTheNextNumberAfterWhatItMissed() {
    writer.write(List.of(send(anna, "one", null)));
    writers.another().write(List.of(send(ben, "two", null)));
    Reply.Done done = done(writer.write(List.of(send(anna, "three", null))));

    assertThat(done.rev()).isEqualTo(4);
    assertThat(messages()).extracting(Entry::seq).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aWriterWithAnOldHeadRefusesNothingThatIsRightByNow() {
    Caller cora = chat.person("cora");
    PendingCommand create = chat.createDirect(anna, cora);
    Key fresh = create.key();
    Reply refused =
        writer.write(List.of(send(fresh, cora, "too early", null))).replies().getFirst();
    assertThat(((Reply.Refused) refused).failure().code()).isEqualTo(ErrorCode.NOT_FOUND);
    writers.another().write(List.of(create));

    assertThat(writer.write(List.of(send(fresh, cora, "in time", null))).replies().getFirst())
        .isInstanceOf(Reply.Done.class);
  }

  @Test
  void aWriterWithAnOldHeadCountsWhatItMissedAsUnread() {
    writer.write(List.of(send(anna, "one", null)));
    writers.another().write(List.of(send(anna, "two", null), send(anna, "three", null)));
    Reply.Done done =
        done(writer.write(List.of(chat.command(ben, new MarkRead(key.id(), null, 1L)))));

    assertThat(done.body().text()).isEqualTo("{\"unread\":2}");
  }

  @Test
  void keepsOrderBetweenSendingAndReadingInABatch() {
    Outcome outcome =
        writer.write(
            List.of(
                send(anna, "one", null),
                chat.command(ben, new MarkRead(key.id(), null, 99L)),
                send(anna, "two", null),
                chat.command(ben, new MarkRead(key.id(), null, 1L))));

    assertThat(outcome.replies())
        .element(1)
        .isInstanceOfSatisfying(
            Reply.Done.class, d -> assertThat(d.body().text()).isEqualTo("{\"unread\":0}"));
    assertThat(outcome.replies())
        .element(3)
        .isInstanceOfSatisfying(
            Reply.Done.class, d -> assertThat(d.body().text()).isEqualTo("{\"unread\":1}"));
  }

  @Test
  void neverRefusesARepeatForItsRate() {
    Writer strict = writers.another(limits);
    List<PendingCommand> burst =
        IntStream.range(0, 30).mapToObj(i -> send(anna, "m" + i, "id" + i)).toList();
    Outcome first = strict.write(burst);
    List<Reply> refused = first.replies().stream().filter(Reply.Refused.class::isInstance).toList();
    assertThat(refused)
        .isNotEmpty()
        .allSatisfy(reply -> {
          assertThat(((Reply.Refused) reply).failure().code()).isEqualTo(ErrorCode.RATE_LIMITED);
          assertThat(((Reply.Refused) reply).failure().retryAfterMs()).isPositive();
        });
    assertThat(first.replies().subList(0, 20)).allMatch(Reply.Done.class::isInstance);
    assertThat(messages()).hasSize(30 - refused.size());

    Outcome again = strict.write(burst.subList(0, 20));
    assertThat(again.replies()).isEqualTo(first.replies().subList(0, 20));
  }

  private List<Reply> sendMany(Writer by, Caller sender, int batches, int size) {
    List<Reply> replies = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      int first = b * size;
      List<PendingCommand> batch =
          IntStream.range(first, first + size)
              .mapToObj(i -> send(sender, Integer.toString(i), null))
              .toList();
      replies.addAll(by.write(batch).replies());
    }
    return replies;
  }

  private PendingCommand send(Caller sender, String content, @Nullable String id) {
    return send(key, sender, content, id);
  }

  private PendingCommand send(Key where, Caller sender, String content, @Nullable String id) {
    return chat.command(sender, new SendMessage(where.id(), content, List.of(), null, id));
  }

  private Entry left(Head head, int ahead, String content) {
    List<Entry> all = messages();
    Entry like = all.getLast();
    org.bson.Document body = new org.bson.Document(like.body()).append("content", content);
    body.remove("changed");
    return new Entry(
        key,
        head.rev() + ahead,
        head.seq() + ahead,
        anna.userId(),
        "g:left" + ahead,
        like.kind(),
        like.at(),
        body);
  }

  private List<Entry> messages() {
    Head head = documents.read(key);
    return entries.messages(head, 1, head.seq());
  }

  private static Reply.Done done(Outcome outcome) {
    return (Reply.Done) outcome.replies().getFirst();
  }

  private static List<Long> revs(List<Publication> publications) {
    return publications.stream().map(p -> ((Hint.Change) p.hint()).rev()).toList();
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}

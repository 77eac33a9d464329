package io.chatterbox.gateway.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Reach;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.assistant.AnswerStreams.SoFar;
import io.chatterbox.gateway.fanout.FeedGate.Passage;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Member;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerStreamsTest {
  private static final Key KEY = Key.conversation("c");

  private final Json json = new Json();
  private final List<String> told = new ArrayList<>();
  private final List<Consumer<SoFar>> reads = new ArrayList<>();
  private final List<Runnable> later = new ArrayList<>();
  private final List<Supplier<Part>> merged = new ArrayList<>();
  private final Set<AnswerStreams.Run> slots = new HashSet<>();
  private final AnswerStreams streams =
      new AnswerStreams((_, then) -> reads.add(then), new Heard(), new Later(), json);

  @Test
  void tellsEachPartOnce() {
    part("run", 0, "a");
    part("run", 1, "b");
    part("run", 1, "b");
    part("run", 0, "a");
    assertThat(told).containsExactly("0 a", "1 b");
    assertThat(reads).isEmpty();
  }

  @Test
  void asksForAllSoFarWhereAPartIsMissingAndGoesOnWithoutAHole() {
    part("run", 0, "a");
    part("run", 2, "c");
    part("run", 3, "d");
    assertThat(told).containsExactly("0 a");
    assertThat(reads).hasSize(1);
    reads.getFirst().accept(new SoFar("run", 2, "abc"));
    assertThat(told).containsExactly("0 a", "2 abc=abc", "3 d");
    part("run", 4, "e");
    assertThat(told).endsWith("4 e");
  }

  @Test
  void beginsInTheMiddleWithAllSoFar() {
    part("run", 7, "h");
    assertThat(told).isEmpty();
    reads.getFirst().accept(new SoFar("run", 7, "abcdefgh"));
    assertThat(told).containsExactly("7 abcdefgh=abcdefgh");
  }

  @Test
  void findsOutThatTheLastPartIsMissingWhenItIsReminded() {
    part("run", 0, "a");
    part("run", 0, "");
    assertThat(reads).isEmpty();
    part("run", 1, "");
    assertThat(told).containsExactly("0 a");
    reads.getFirst().accept(new SoFar("run", 1, "ab"));
    assertThat(told).containsExactly("0 a", "1 ab=ab");
  }

  @Test
  void asksAgainWhenNobodyKnows() {
    part("run", 0, "a");
    part("run", 2, "c");
    reads.getFirst().accept(SoFar.NOTHING);
    later.forEach(Runnable::run);
    part("run", 3, "d");
    assertThat(reads).hasSize(2);
    reads.getLast().accept(new SoFar("run", 3, "abcd"));
    assertThat(told).containsExactly("0 a", "3 abcd=abcd");
  }

  @Test
  void tellsTheRestBeforeItIsSaidThatTheAnswerIsWhole() {
    part("run", 0, "a");
    end("ai-complete", "run", "abc");
    assertThat(told).containsExactly("0 a", "1 bc");
  }

  @Test
  void tellsNothingBesidesWhenAllWasTold() {
    part("run", 0, "abc");
    end("ai-complete", "run", "abc");
    assertThat(told).containsExactly("0 abc");
  }

  @Test
  void tellsNothingOfARunAfterItsEnd() {
    part("run", 0, "a");
    end("ai-error", "run", "");
    part("run", 1, "b");
    part("run", 2, "");
    assertThat(told).containsExactly("0 a");
    assertThat(reads).isEmpty();
    part("next", 0, "x");
    assertThat(told).endsWith("0 x");
  }

  @Test
  void dropsAnAnswerAboutARunThatIsOver() {
    part("run", 3, "d");
    end("ai-error", "run", "");
    reads.getFirst().accept(new SoFar("run", 3, "abcd"));
    assertThat(told).isEmpty();
  }

  /// A part that waits for a slow socket is merged with the next ones: what comes of it is all so
  /// far, whatever was told since.
  @Test
  void mergesWhatWaitsIntoAllSoFar() {
    part("run", 0, "a");
    part("run", 1, "b");
    part("run", 2, "c");
    end("ai-complete", "run", "abcd");
    assertThat(merged.stream().map(Supplier::get).map(AnswerStreamsTest::text))
        .containsExactly("0 a=a", "1 ab=ab", "2 abc=abc", "3 abcd=abcd");
    assertThat(slots).hasSize(1);
  }

  private static String text(Part part) {
    String whole = part.fullContent() == null ? "" : "=" + part.fullContent();
    return part.index() + " " + part.content() + whole;
  }

  private void part(String runId, int index, String content) {
    Part part = new Part(KEY.id(), runId, index, content, null);
    ClientEvent event =
        new ClientEvent("ai-stream", Reach.JOINED, "anna", null, null, json.write(part));
    if (streams.state(KEY, event).orElseThrow() instanceof Passage.As) {
      told.add(index + " " + content);
    }
  }

  private void end(String event, String runId, String content) {
    streams.change(
        KEY,
        ClientEvent.of(
            event, Reach.JOINED, json.write(Map.of("runId", runId, "content", content))));
  }

  private final class Heard implements AnswerStreams.Voice {
    @Override
    public void toAll(Key key, @Nullable String askerId, Part part, Delivery delivery) {
      told.add(text(part));
    }

    @Override
    public void toOne(Member member, Part part, Delivery delivery) {
      throw new IllegalStateException("nobody joins here");
    }

    @Override
    public Delivery merging(AnswerStreams.Run run, Supplier<Part> both) {
      slots.add(run);
      merged.add(both);
      return Delivery.MESSAGE;
    }
  }

  private final class Later implements Hub {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Timer after(long millis, Runnable task) {
      later.add(task);
      return () -> later.remove(task);
    }
  }
}

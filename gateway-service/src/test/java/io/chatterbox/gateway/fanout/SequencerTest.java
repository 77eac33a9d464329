package io.chatterbox.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Hint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final int MOST = 8;

  private final Sequencer sequencer = new Sequencer(MOST);
  private final List<Long> passed = new ArrayList<>();

  private static Hint.Change change(long rev) {
    return Hint.Change.silent(rev);
  }

  private void offer(long... revs) {
    for (long rev : revs) {
      sequencer.offer(change(rev)).forEach(change -> passed.add(change.rev()));
    }
  }

  private void start(long rev) {
    sequencer.start(rev).forEach(change -> passed.add(change.rev()));
  }

  @Test
  void nothingPassesBeforeItIsKnownWhereToBegin() {
    offer(4, 5);
    assertThat(passed).isEmpty();
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void whatWasHeldAndIsNextPassesAtTheStart() {
    offer(3, 4, 5);
    start(3);
    assertThat(passed).containsExactly(4L, 5L);
    assertThat(sequencer.rev()).isEqualTo(5);
  }

  @Test
  void eachNumberPassesOnceAndInOrderHoweverTheyCome() {
    start(0);
    List<Long> revs = new ArrayList<>(LongStream.rangeClosed(1, MOST).boxed().toList());
    revs.addAll(List.copyOf(revs));
    Collections.shuffle(revs, new Random(7));
    revs.forEach(this::offer);
    assertThat(passed).containsExactlyElementsOf(LongStream.rangeClosed(1, MOST).boxed().toList());
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void aHoleHoldsWhatComesAfterIt() {
    start(10);
    offer(11, 13, 14);
    assertThat(passed).containsExactly(11L);
    assertThat(sequencer.isBehind()).isTrue();
    offer(12);
    assertThat(passed).containsExactly(11L, 12L, 13L, 14L);
    assertThat(sequencer.isBehind()).isFalse();
  }

  @Test
  void whatIsBeyondTheBoundIsRememberedAsANumberOnly() {
    start(0);
    LongStream.rangeClosed(2, 2 + MOST).forEach(this::offer);
    offer(1);
    assertThat(passed).hasSize(1 + MOST).endsWith(1L + MOST);
    assertThat(sequencer.isBehind()).as("the last one was not kept, but is missed").isTrue();
  }

  @Test
  void whatIsOnlyHeardOfIsMissedUntilItIsForgotten() {
    start(5);
    sequencer.learn(6);
    assertThat(sequencer.isBehind()).isTrue();
    sequencer.forget();
    assertThat(sequencer.isBehind()).isFalse();
    offer(6);
    assertThat(passed).containsExactly(6L);
  }
}

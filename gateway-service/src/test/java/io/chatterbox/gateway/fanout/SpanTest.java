package io.chatterbox.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.gateway.fanout.Span.Hears;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpanTest {

  private static List<Hears> heard(List<Span> spans, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(rev -> Span.at(spans, rev)).toList();
  }

  @Test
  void whoTakesPartIsNotifiedUntilHeAsksToJoinAndHearsWhatFollowsTheAnswer() {
    List<Span> spans = List.of(Span.takingPart(1), Span.joined(3, 5));
    assertThat(heard(spans, 1, 7))
        .containsExactly(
            Hears.NOTHING,
            Hears.TAKING_PART,
            Hears.TAKING_PART,
            Hears.JOINING,
            Hears.JOINING,
            Hears.JOINED,
            Hears.JOINED);
  }

  @Test
  void whatIsOverAndWhatIsThereTwiceIsLeftOut() {
    Span wide = Span.takingPart(2);
    Span joined = Span.joined(3, 5);
    List<Span> spans =
        List.of(Span.takingPart(7), wide, Span.takingPart(0).endingAt(6), joined, joined);
    assertThat(Span.after(6, spans)).containsExactly(wide, joined);
    assertThat(Span.after(5, spans)).containsExactly(Span.takingPart(0).endingAt(6), wide, joined);
  }

  @Test
  void whoLeavesIsNotifiedAgain() {
    List<Span> spans = List.of(Span.takingPart(0), Span.joined(2, 2).endingAt(3));
    assertThat(heard(spans, 2, 4))
        .containsExactly(Hears.TAKING_PART, Hears.JOINED, Hears.TAKING_PART);
  }

  @Test
  void whoIsRemovedHearsThatAndNothingMoreUntilHeIsAdded() {
    List<Span> spans =
        List.of(Span.joined(0, 0).endingAt(3), Span.takingPart(0).endingAt(3), Span.takingPart(5));
    assertThat(heard(spans, 2, 6))
        .containsExactly(
            Hears.JOINED, Hears.JOINED, Hears.NOTHING, Hears.NOTHING, Hears.TAKING_PART);
  }
}

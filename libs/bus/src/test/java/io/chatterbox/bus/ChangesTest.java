package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Beat;
import io.chatterbox.contract.ChatCommand.Head;
import io.chatterbox.contract.Key;
import org.junit.jupiter.api.Test;

class ChangesTest {
  private static final int MORE_THAN_A_BEAT_SAYS = 5_000;
  private final Changes changes = new Changes();

  @Test
  void numbersBeatsAndNamesWhatChangedWithItsNewestRev() {
    changes.add(Key.conversation("a"), 3);
    changes.add(Key.room("b"), 1);
    changes.add(Key.conversation("a"), 5);
    changes.add(Key.conversation("a"), 4);
    Beat first = changes.next("me");
    assertThat(first.owner()).isEqualTo("me");
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.changed())
        .containsExactlyInAnyOrder(new Head("conversation:a", 5), new Head("room:b", 1));
    assertThat(changes.next("me").number()).isEqualTo(2);
  }

  @Test
  void namesAChangeInAsManyBeatsAsMayBeMissedAndOneMore() {
    changes.next("me");
    changes.add(Key.conversation("a"), 3);
    for (int beat = 0; beat < 3; beat++) {
      assertThat(changes.next("me").changed()).containsExactly(new Head("conversation:a", 3));
    }
    assertThat(changes.next("me").changed()).isEmpty();
  }

  @Test
  void jumpsByMoreThanTwoWhenItCannotNameEverything() {
    for (int i = 0; i < MORE_THAN_A_BEAT_SAYS; i++) {
      changes.add(Key.conversation("c" + i), 1);
    }
    Beat beat = changes.next("me");
    assertThat(beat.number()).isEqualTo(4);
    assertThat(beat.changed()).hasSizeLessThan(MORE_THAN_A_BEAT_SAYS);
  }
}

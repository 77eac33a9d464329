package io.chatterbox.gateway.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {
  private static final long NOW = Long.MAX_VALUE;
  private static final Position ALL = Position.at(99);

  /// The change of `rev` 7 has the numbers 10 to 12, that of 8 has 20, and that of 9 21 and 22.
  private static Told told() {
    Told told = new Told();
    told.add(10, 7, 3);
    told.add(20, 8, 1);
    told.add(21, 9, 2);
    return told;
  }

  @Test
  void whoHasHeardNothingOfItIsBeforeTheFirst() {
    assertThat(told().heard(0, NOW, ALL)).isEqualTo(Position.at(6));
    assertThat(told().heard(9, NOW, ALL)).isEqualTo(Position.at(6));
  }

  @Test
  void whoHasHeardPartOfAChangeIsAmidIt() {
    assertThat(told().heard(10, NOW, ALL)).isEqualTo(new Position(6, 1));
    assertThat(told().heard(11, NOW, ALL)).isEqualTo(new Position(6, 2));
    assertThat(told().heard(21, NOW, ALL)).isEqualTo(new Position(8, 1));
  }

  @Test
  void numbersOfOtherKeysInBetweenChangeNothing() {
    for (long number = 12; number < 20; number++) {
      assertThat(told().heard(number, NOW, ALL)).isEqualTo(Position.at(7));
    }
    assertThat(told().heard(20, NOW, ALL)).isEqualTo(Position.at(8));
  }

  @Test
  void whoHasHeardTheLastHasHeardAll() {
    assertThat(told().heard(22, NOW, ALL)).isEqualTo(ALL);
    assertThat(new Told().heard(5, NOW, ALL)).isEqualTo(ALL);
  }

  @Test
  void forgetsWholeChangesOnly() {
    Told told = told();
    assertThat(told.lastOf(11)).isZero();
    assertThat(told.forget(11)).isZero();
    assertThat(told.lastOf(21)).isEqualTo(20);
    assertThat(told.forget(21)).isEqualTo(2);
    assertThat(told.heard(0, NOW, ALL)).isEqualTo(Position.at(8));
  }

  @Test
  void growsAndForgetsForEver() {
    Told told = new Told();
    for (int i = 1; i <= 10_000; i++) {
      told.add(3L * i, i, 2);
      told.forget(3L * (i - 50) + 1);
    }
    assertThat(told.size()).isEqualTo(50);
    assertThat(told.heard(3L * 9_990, NOW, ALL)).isEqualTo(new Position(9_989, 1));
  }

  @Test
  void isReadAsItWasWritten() {
    Told told = told();
    // somebody who came in late was told an older change last
    told.add(1L << 50, 3, 4_000);
    Told.Left left = Told.Left.read(told.write(100, 5));
    assertThat(left.forgotten()).isEqualTo(5);
    assertThat(left.changes()).isEqualTo(told.after(0));
  }

  @Test
  void whatIsNotWrittenIsNotKnown() {
    Told.Left left = Told.Left.read(told().write(1, 5));
    assertThat(left.forgotten()).isEqualTo(20);
    assertThat(left.changes()).isEqualTo(List.of(new Told.Change(21, 9, 2)));
  }

  @Test
  void whatIsCutOffIsRefused() {
    byte[] written = told().write(100, 5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Told.Left.read(Arrays.copyOf(written, written.length - 1)));
  }
}

package io.chatterbox.chat.members;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectIdsTest {

  @Test
  void isTheSameFromBothSides() {
    assertThat(DirectIds.of("a", "b")).isEqualTo(DirectIds.of("b", "a")).hasSize(32);
  }

  @Test
  void isAnotherForAnotherPair() {
    assertThat(DirectIds.of("a", "b")).isNotEqualTo(DirectIds.of("a", "c"));
    assertThat(DirectIds.of("a", "bc")).isNotEqualTo(DirectIds.of("ab", "c"));
  }
}

package io.chatterbox.ai.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScreeningTest {
  private final Screening screening =
      new Screening(new WordList(List.of("grass", "tall tree"), List.of()));

  @Test
  void tellsEverythingThereIsNothingAgainst() {
    String told =
        Stream.of("The ", "gra", "ssho", "pper", " sings", ", and 草", "原 so")
            .map(screening::take)
            .collect(Collectors.joining());
    assertThat(told + screening.rest()).isEqualTo("The grasshopper sings, and 草原 so");
    assertThat(screening.hasObjected()).isFalse();
  }

  @Test
  void neverTellsHalfOfAWordThatIsObjectedTo() {
    assertThat(screening.take("The gra")).isEqualTo("The ");
    assertThat(screening.take("ss")).isEmpty();
    assertThat(screening.hasObjected()).isFalse();
    assertThat(screening.take(" is")).isEmpty();
    assertThat(screening.hasObjected()).isTrue();
    assertThat(screening.take(" green. ")).isEmpty();
    assertThat(screening.rest()).isEmpty();
  }

  @Test
  void objectsToTheLastWord() {
    assertThat(screening.take("It is grass")).isEqualTo("It is ");
    assertThat(screening.rest()).isEmpty();
    assertThat(screening.hasObjected()).isTrue();
  }

  @Test
  void objectsToWhatBeganInWhatWasTold() {
    assertThat(screening.take("a tall ")).isEqualTo("a tall ");
    assertThat(screening.take("tree ")).isEmpty();
    assertThat(screening.hasObjected()).isTrue();
  }

  @Test
  void doesNotMakeAWordOfTheHalfThatItRemembers() {
    for (int i = 0; i < 2_000; i++) {
      assertThat(screening.take("lemongrass ")).isEqualTo("lemongrass ");
    }
  }

  @Test
  void holdsNothingBackForLongWhereNoWordEnds() {
    String endless = "x".repeat(65);
    assertThat(screening.take(endless)).isEqualTo(endless);
  }

  @Test
  void holdsNothingBackWhereNothingIsObjectedTo() {
    Screening off = new Screening(new WordList(List.of(), List.of()));
    assertThat(off.take("gra")).isEqualTo("gra");
    assertThat(off.rest()).isEmpty();
  }

  @Test
  void takesAnyModeration() {
    Screening longest =
        new Screening(
            new Moderation() {
              @Override
              public boolean isOn() {
                return true;
              }

              @Override
              public boolean allows(String text) {
                return text.length() < 4;
              }
            });
    assertThat(longest.take("a b ")).isEmpty();
    assertThat(longest.hasObjected()).isTrue();
  }
}

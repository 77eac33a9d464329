package io.chatterbox.ai.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.ai.Settings;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordListTest {
  private final WordList list =
      new WordList(List.of("grass", "élan vital", "c++"), List.of("\\d{4}-\\d{4}"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grass",
        "The GRASS, it grows",
        "ｇｒａｓｓ",
        "Élan Vital!",
        "E\u0301lan vital",
        "I like c++.",
        "my number: 1234-5678",
        "x1234-56789"
      })
  void objectsToWhatIsListed(String text) {
    assertThat(list.allows(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grasshopper", "lemongrass", "grass\u0301", "élan", "123-5678", "c+"})
  void allowsWhatOnlyLooksLikeIt(String text) {
    assertThat(list.allows(text)).isTrue();
  }

  @Test
  void isReadFromSettings() {
    WordList read =
        WordList.of(
            Settings.with(
                    "moderation.words", "one, two words",
                    "moderation.patterns[0]", "a{2,3}b")
                .moderation());
    assertThat(read.isOn()).isTrue();
    assertThat(List.of("one", "these two words", "xaab")).noneMatch(read::allows);
    assertThat(List.of("ones", "two", "ab")).allMatch(read::allows);
  }

  @Test
  void isOffWhereNothingIsListed() {
    WordList none = WordList.of(Settings.with().moderation());
    assertThat(none.isOn()).isFalse();
    assertThat(none.allows("grass")).isTrue();
  }

  @Test
  void refusesToBeMadeOfWhatIsNoPattern() {
    assertThatThrownBy(() -> new WordList(List.of(), List.of("(")))
        .isInstanceOf(PatternSyntaxException.class);
  }
}

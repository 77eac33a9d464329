package io.chatterbox.chat.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadsTest {

  @ParameterizedTest
  @CsvSource({
    "a.txt,a.txt",
    "/etc/passwd,passwd",
    "..\\..\\b c.png,b c.png",
    "ä ☺ 😀.gif,ä ☺ 😀.gif",
    "../..,file",
    "dir/,file",
  })
  void keepsTheLastPartOfAName(String given, String kept) {
    assertThat(Uploads.plain(given)).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"0007", "000A", "007F", "0085", "200B", "202E", "2028", "D800"})
  void keepsNothingThatSteers(String code) {
    char c = (char) Integer.parseInt(code, 16);
    assertThat(Uploads.plain("a" + c + "b")).isEqualTo("ab");
  }

  @ParameterizedTest
  @CsvSource({"300,255", "10,10"})
  void keepsNoMoreThanANameMayBeLong(int given, int kept) {
    assertThat(Uploads.plain("x".repeat(given))).hasSize(kept);
  }
}

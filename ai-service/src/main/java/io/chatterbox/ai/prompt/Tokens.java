package io.chatterbox.ai.prompt;

/// A rough estimate of how many tokens a text has. Models differ; this errs to the high side for
/// most languages: a token for every four ASCII characters, and one for every other character.
public final class Tokens {
  private static final int ASCII_PER_TOKEN = 4;

  private Tokens() {}

  /// At least 1 unless the text is empty.
  public static int in(String text) {
    long ascii = text.chars().filter(c -> c < 0x80).count();
    long others = text.codePointCount(0, text.length()) - ascii;
    return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(ascii, ASCII_PER_TOKEN) + others);
  }
}

package io.chatterbox.ai.moderation;

import io.chatterbox.ai.AiConfig;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Objects to words and patterns that the operator has listed, without regard to case. Letters that
/// only look different by their form (full width, ligatures) are the same (Unicode's NFKC).
public final class WordList implements Moderation {
  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  private final List<Pattern> objectionable;

  /// @param words found as whole words only
  /// @param patterns regular expressions, found anywhere
  /// @throws java.util.regex.PatternSyntaxException for what is no regular expression
  public WordList(Collection<String> words, Collection<String> patterns) {
    Stream<Pattern> ofWords =
        words.isEmpty() ? Stream.empty() : Stream.of(Pattern.compile(oneOf(words), FLAGS));
    this.objectionable =
        Stream.concat(ofWords, patterns.stream().map(pattern -> Pattern.compile(pattern, FLAGS)))
            .toList();
  }

  /// The list of the settings; empty where there is none.
  public static WordList of(AiConfig.Moderation config) {
    return new WordList(config.words().orElse(List.of()), config.patterns().orElse(List.of()));
  }

  @Override
  public boolean isOn() {
    return !objectionable.isEmpty();
  }

  @Override
  public boolean allows(String text) {
    String plain = isOn() ? plain(text) : "";
    return objectionable.stream().noneMatch(each -> each.matcher(plain).find());
  }

  private static String oneOf(Collection<String> words) {
    return words.stream()
        .map(word -> Pattern.quote(plain(word.strip())))
        .collect(
            Collectors.joining("|", "(?<![\\p{L}\\p{M}\\p{N}])(?:", ")(?![\\p{L}\\p{M}\\p{N}])"));
  }

  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}

package io.chatterbox.chat.search;

import io.chatterbox.chat.history.MessageDocument;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.Refusal;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is looked for: a part of the content, without case.
final class Query {
  private static final int SHORTEST = 2;
  private static final int LONGEST = 100;
  private static final Pattern EDGES =
      Pattern.compile("^[\\p{IsWhite_Space}]+|[\\p{IsWhite_Space}]+$");

  private final Pattern pattern;

  private Query(String text) {
    pattern =
        Pattern.compile(
            Pattern.quote(composed(text)), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /// Reads `q` as it stands in the query.
  ///
  /// @throws Refusal `VALIDATION_ERROR`
  static Query read(@Nullable String q) {
    String text = q == null ? "" : EDGES.matcher(q).replaceAll("");
    int length = text.codePointCount(0, text.length());
    if (length < SHORTEST || length > LONGEST) {
      throw Refusal.invalid("q takes 2 to 100 characters.");
    }
    return new Query(text);
  }

  /// Whether a message has it; a deleted one has nothing.
  boolean isIn(Entry message) {
    return pattern.matcher(composed(MessageDocument.of(message).content())).find();
  }

  /// The same letter may be written as one character or as two.
  private static String composed(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}

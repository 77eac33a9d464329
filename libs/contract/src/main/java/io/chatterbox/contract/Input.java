package io.chatterbox.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The checks that the constructors of command records share. Each refuses with `VALIDATION_ERROR`.
/// Limits that are settings are checked by the handler, not here.
final class Input {
  private static final Pattern EDGES =
      Pattern.compile("^[\\p{IsWhite_Space}]+|[\\p{IsWhite_Space}]+$");
  private static final int LONGEST_CLIENT_MESSAGE_ID = 64;

  private Input() {}

  /// A field that has to be there and not empty.
  static String required(@Nullable String value, String field) {
    if (value == null || value.isEmpty()) {
      throw Refusal.invalid(field + " is required.");
    }
    return wellFormed(value, field);
  }

  /// Text without lone surrogates; absent stays absent.
  static @Nullable String optional(@Nullable String value, String field) {
    return value == null ? null : wellFormed(value, field);
  }

  /// Text with the white space at its ends removed, at least one character.
  static String trimmed(@Nullable String value, String field) {
    String text = EDGES.matcher(wellFormed(value == null ? "" : value, field)).replaceAll("");
    if (text.isEmpty()) {
      throw Refusal.invalid(field + " must not be empty.");
    }
    return text;
  }

  static @Nullable String clientMessageId(@Nullable String value) {
    if (value == null) {
      return null;
    }
    if (value.isEmpty() || value.codePointCount(0, value.length()) > LONGEST_CLIENT_MESSAGE_ID) {
      throw Refusal.invalid("clientMessageId takes 1 to 64 characters.");
    }
    return wellFormed(value, "clientMessageId");
  }

  static @Nullable Long notNegative(@Nullable Long value, String field) {
    if (value != null && value < 0) {
      throw Refusal.invalid(field + " must not be negative.");
    }
    return value;
  }

  /// A list without `null` in it; an absent list is empty.
  static <T> List<T> list(@Nullable List<? extends @Nullable T> values, String field) {
    List<T> present = new ArrayList<>();
    for (T value : values == null ? List.<T>of() : values) {
      if (value == null) {
        throw Refusal.invalid(field + " must not hold null.");
      }
      present.add(value);
    }
    return List.copyOf(present);
  }

  private static String wellFormed(String value, String field) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw Refusal.invalid(field + " is not well-formed Unicode.");
      }
    }
    return value;
  }
}

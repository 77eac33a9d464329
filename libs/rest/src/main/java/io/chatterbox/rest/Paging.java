package io.chatterbox.rest;

import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import org.jspecify.annotations.Nullable;

/// Which part of a list is asked for.
///
/// @param page 1, 2, …
/// @param limit 1 to 100
public record Paging(int page, int limit) {
  private static final int MOST = 100;
  private static final int USUAL = 20;

  /// Reads `page` and `limit` as they stand in the query.
  ///
  /// @throws Refusal `VALIDATION_ERROR` for what is no positive integer
  public static Paging read(@Nullable String page, @Nullable String limit) {
    return new Paging(positive(page, "page", 1, Integer.MAX_VALUE), limit(limit, USUAL));
  }

  /// Reads a `limit`: above 100 counts as 100.
  public static int limit(@Nullable String limit, int usual) {
    return positive(limit, "limit", usual, MOST);
  }

  /// How many entries come before this page.
  public long skip() {
    return (page - 1L) * limit;
  }

  /// `{page, limit, total}`.
  public View view(long total) {
    return new View(page, limit, total);
  }

  /// What an answer says of itself.
  @Shape(name = "Pages")
  public record View(
      @Shape(least = 1) int page, @Shape(least = 1, most = 100) int limit, long total) {}

  private static int positive(@Nullable String text, String name, int usual, int most) {
    if (text == null) {
      return usual;
    }
    if (!text.matches("0*[1-9][0-9]*")) {
      throw Refusal.invalid(name + " must be a positive integer.");
    }
    String digits = text.replaceFirst("^0+", "");
    return digits.length() > 9 ? most : Math.min(Integer.parseInt(digits), most);
  }
}

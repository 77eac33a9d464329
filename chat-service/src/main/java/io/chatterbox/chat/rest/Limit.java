package io.chatterbox.chat.rest;

import io.chatterbox.contract.Refusal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The query parameters `page` and `limit`.
public final class Limit {
  private static final Pattern POSITIVE = Pattern.compile("0*[1-9][0-9]*");
  private static final int MOST = 100;
  private static final int LONGEST = 1000;

  private Limit() {}

  /// How many items a page has.
  ///
  /// @throws Refusal `VALIDATION_ERROR` when it is no positive integer
  public static int of(@Nullable String limit, int otherwise) {
    return limit == null ? otherwise : (int) positive(limit, "limit", MOST);
  }

  /// Which page, from 1 on.
  ///
  /// @throws Refusal `VALIDATION_ERROR` when it is no positive integer
  public static int page(@Nullable String page) {
    return page == null ? 1 : (int) positive(page, "page", Integer.MAX_VALUE);
  }

  private static long positive(String text, String name, int most) {
    if (text.length() > LONGEST || !POSITIVE.matcher(text).matches()) {
      throw Refusal.invalid(name + " must be a positive integer.");
    }
    return new BigInteger(text).min(BigInteger.valueOf(most)).longValueExact();
  }
}

package io.chatterbox.chat.rest;

/// `pagination` of a list with pages.
public record PageView(int page, int limit, long total) {

  /// How many items stand on the pages before.
  public static long skipped(int page, int limit) {
    return (page - 1L) * limit;
  }
}

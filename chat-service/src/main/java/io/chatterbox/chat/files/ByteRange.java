package io.chatterbox.chat.files;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A part of a file (RFC 9110 §14).
///
/// @param from the first byte
/// @param length how many; 0 when nothing of what was asked for is there
record ByteRange(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /// Reads a `Range` header. What is no single range of bytes is ignored, as the RFC has it.
  static Optional<ByteRange> read(@Nullable String header, long size) {
    Matcher one = ONE.matcher(header == null ? "" : header.strip());
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(one.group(2)));
      return Optional.of(new ByteRange(size - last, last));
    }
    long from = Long.parseLong(one.group(1));
    long to = one.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(one.group(2)));
    if (!one.group(2).isEmpty() && Long.parseLong(one.group(2)) < from) {
      return Optional.empty();
    }
    return Optional.of(new ByteRange(from, Math.max(0, to - from + 1)));
  }
}

package io.chatterbox.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The gist of why a program ended, from the end of its log.
final class LogTail {
  private static final int BYTES = 16 * 1024;
  private static final int LINES = 5;

  private LogTail() {}

  /// A colon and the last lines that are no stack trace, the root cause last if there is one; and
  /// where the whole log is.
  static String of(Path log) {
    List<String> told =
        end(log)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("at ") && !line.startsWith("..."))
            .toList();
    int cause = lastCause(told);
    int end = cause < 0 ? told.size() : cause + 1;
    List<String> shown = told.subList(Math.max(0, end - LINES), end);
    return (shown.isEmpty() ? "" : ":\n    " + String.join("\n    ", shown))
        + "\n    (all of it is in "
        + log
        + ")";
  }

  private static int lastCause(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith("Caused by: ")) {
        return i;
      }
    }
    return -1;
  }

  private static String end(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - BYTES);
      file.seek(from);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}

package io.chatterbox.stack;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// One process of the stack, or a store that somebody else runs.
///
/// @param state `starting`, `ready`, `restarting`, `stopping`, `stopped`, or `external`
public record StatusRow(String service, int replica, int port, OptionalLong pid, String state) {
  private static final Pattern JSON =
      Pattern.compile(
          "\\{\"service\":\"([a-z]+)\",\"replica\":(\\d+),\"port\":(\\d+),"
              + "\"pid\":(\\d+|null),\"state\":\"([a-z]+)\"}");

  String json() {
    return "{\"service\":\"%s\",\"replica\":%d,\"port\":%d,\"pid\":%s,\"state\":\"%s\"}"
        .formatted(service, replica, port, pidOr("null"), state);
  }

  /// Reads what [#json] wrote.
  static List<StatusRow> fromJson(String text) {
    return JSON.matcher(text)
        .results()
        .map(row ->
            new StatusRow(
                row.group(1),
                Integer.parseInt(row.group(2)),
                Integer.parseInt(row.group(3)),
                row.group(4).equals("null")
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(row.group(4))),
                row.group(5)))
        .toList();
  }

  /// One line for people.
  String line() {
    return "%-9s %d  port %-5d  process %-8s %s"
        .formatted(service, replica, port, pidOr("-"), state);
  }

  private String pidOr(String none) {
    return pid.isPresent() ? Long.toString(pid.getAsLong()) : none;
  }
}

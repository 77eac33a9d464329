package io.chatterbox.bench;

import io.chatterbox.bench.report.Recording;

/// Measures as the report names them.
final class Reported {
  private static final String LESS = "less";
  private static final String MORE = "more";

  private Reported() {}

  static Recording.Measure of(Measure measure) {
    return switch (measure) {
      case CONNECTS -> new Recording.Measure("connects", "connects/s", MORE, "Connects per second");
      case CONNECT -> new Recording.Measure("connects", "CPU-µs per connect", LESS, null);
      case RSS -> new Recording.Measure("idle connections", "KB resident each", LESS, null);
      case HEAP ->
          new Recording.Measure(
              "idle connections", "KB of live heap each", LESS, "Live heap of idle connections");
      default -> ofLoad(measure.name());
    };
  }

  private static Recording.Measure ofLoad(String name) {
    if (name.endsWith("_RATE")) {
      return new Recording.Measure(
          load(name, "_RATE"), "deliveries/s", MORE, "Deliveries per second");
    }
    if (name.endsWith("_P50")) {
      return new Recording.Measure(load(name, "_P50"), "ms, p50", LESS, null);
    }
    if (name.endsWith("_P99")) {
      return new Recording.Measure(
          load(name, "_P99"), "ms, p99", LESS, "Within which 99 of 100 deliveries are made");
    }
    return new Recording.Measure(
        load(name, ""), "CPU-µs per delivery", LESS, "CPU time of the server for each delivery");
  }

  /// What the first measure of a load says before its colon.
  private static String load(String name, String suffix) {
    Measure first = Measure.valueOf(name.substring(0, name.length() - suffix.length()));
    return first.label().split(":", 2)[0];
  }
}

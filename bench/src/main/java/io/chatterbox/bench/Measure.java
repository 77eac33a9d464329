package io.chatterbox.bench;

import java.util.Arrays;

/// What is measured of a server, each once per round.
enum Measure {
  ROOM_1000("room of 1,000, one in flight: CPU-µs per delivery"),
  ROOM_1000_RATE("  deliveries/s"),
  ROOM_1000_P50("  p50 ms"),
  ROOM_1000_P99("  p99 ms"),
  ROOM_1000_8("room of 1,000, 8 in flight: CPU-µs per delivery"),
  ROOM_1000_8_RATE("  deliveries/s"),
  ROOM_1000_8_P50("  p50 ms"),
  ROOM_1000_8_P99("  p99 ms"),
  ROOM_5000_8("room of 5,000, 8 in flight: CPU-µs per delivery"),
  ROOM_5000_8_RATE("  deliveries/s"),
  ROOM_5000_8_P50("  p50 ms"),
  ROOM_5000_8_P99("  p99 ms"),
  ROOMS_200("200 rooms of 10: CPU-µs per delivery"),
  ROOMS_200_RATE("  deliveries/s"),
  ROOMS_200_P50("  p50 ms"),
  ROOMS_200_P99("  p99 ms"),
  ACKNOWLEDGED("acknowledged emit, heard by the sender too: CPU-µs"),
  ACKNOWLEDGED_RATE("  emits/s"),
  ACKNOWLEDGED_P50("  p50 ms"),
  ACKNOWLEDGED_P99("  p99 ms"),
  CONNECTS("connects/s"),
  CONNECT("CPU-µs per connect"),
  RSS("RSS per idle connection, KB"),
  HEAP("live heap per idle connection, KB");

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }
}

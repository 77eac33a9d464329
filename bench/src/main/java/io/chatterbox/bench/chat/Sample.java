package io.chatterbox.bench.chat;

import io.chatterbox.bench.Cpu;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the suite had used and done at one moment; two of them give what happened between.
///
/// @param nanos when it was taken, by [System#nanoTime]
/// @param cpuMicros by service
/// @param batches of chat-service's writer
/// @param commands in those batches
/// @param roundTrips commands that chat-service sent to MongoDB
record Sample(
    long nanos, Map<String, Double> cpuMicros, double batches, double commands, double roundTrips) {

  static Sample of(Suite suite) throws IOException, InterruptedException {
    Map<String, Double> cpu = new LinkedHashMap<>();
    for (String service : new String[] {"gateway", "chat", "redis", "mongodb"}) {
      cpu.put(service, suite.cpuMicros(service));
    }
    cpu.put("generator", Cpu.micros(ProcessHandle.current().pid()));
    return new Sample(
        System.nanoTime(),
        cpu,
        suite.metric("chat", "chatterbox_bus_batch_size_count", "service=\"chat\""),
        suite.metric("chat", "chatterbox_bus_batch_size_sum", "service=\"chat\""),
        suite.metric("chat", "mongodb_driver_commands_seconds_count", ""));
  }

  double secondsSince(Sample earlier) {
    return (nanos - earlier.nanos) / 1e9;
  }

  double cpuSince(Sample earlier, String service) {
    return cpuMicros.getOrDefault(service, 0.0) - earlier.cpuMicros.getOrDefault(service, 0.0);
  }
}

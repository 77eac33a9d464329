package io.chatterbox.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What is measured of the commands that this process sends.
final class ClientMetrics {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry meters;
  private final Counter repeated;
  private final Counter unanswered;
  private final Map<String, Timer> answered = new ConcurrentHashMap<>();

  ClientMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.repeated = meters.counter("chatterbox.bus.entries.repeated");
    this.unanswered = meters.counter("chatterbox.bus.commands.unanswered");
    // known by name before the first answer
    timer(Sending.UNKNOWN);
  }

  void watchPending(Supplier<Number> pending) {
    Gauge.builder("chatterbox.bus.commands.pending", pending)
        .strongReference(true)
        .register(meters);
  }

  /// A command has its answer, whatever that says. Names of events are those of the contract.
  void answered(String event, Duration after) {
    answered.computeIfAbsent(event, this::timer).record(after);
  }

  private Timer timer(String event) {
    return Timer.builder("chatterbox.bus.commands.answered")
        .tag("event", event)
        .serviceLevelObjectives(BOUNDS)
        .register(meters);
  }

  void repeated() {
    repeated.increment();
  }

  void unanswered() {
    unanswered.increment();
  }
}

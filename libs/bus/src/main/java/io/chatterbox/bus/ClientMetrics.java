package io.chatterbox.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/// What is measured of the commands that this process sends.
final class ClientMetrics {
  private final MeterRegistry meters;
  private final Counter repeated;
  private final Counter unanswered;

  ClientMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.repeated = meters.counter("chatterbox.bus.entries.repeated");
    this.unanswered = meters.counter("chatterbox.bus.commands.unanswered");
  }

  void watchPending(Supplier<Number> pending) {
    Gauge.builder("chatterbox.bus.commands.pending", pending)
        .strongReference(true)
        .register(meters);
  }

  void repeated() {
    repeated.increment();
  }

  void unanswered() {
    unanswered.increment();
  }
}

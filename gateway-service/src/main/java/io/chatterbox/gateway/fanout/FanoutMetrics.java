package io.chatterbox.gateway.fanout;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What is counted of feeds.
@Singleton
final class FanoutMetrics {
  private static final int MOST_NAMES = 64;
  private static final String OUT = "chatterbox.gateway.events.out";

  private final MeterRegistry registry;
  private final Map<String, Counter> out = new ConcurrentHashMap<>();
  private final Counter others;
  private final Counter repairs;
  private final Counter joins;
  private final Counter checks;

  @Inject
  FanoutMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.others = registry.counter(OUT, "event", "other");
    this.repairs = registry.counter("chatterbox.gateway.gaps.repaired");
    this.joins = registry.counter("chatterbox.gateway.joins");
    this.checks = registry.counter("chatterbox.gateway.head.checks");
  }

  /// An event went out; the number of names is bounded.
  void out(String event) {
    Counter known = out.get(event);
    if (known == null && out.size() < MOST_NAMES) {
      known = out.computeIfAbsent(event, name -> registry.counter(OUT, "event", name));
    }
    (known == null ? others : known).increment();
  }

  /// A hole of a feed was filled from the log.
  void repaired() {
    repairs.increment();
  }

  void joined() {
    joins.increment();
  }

  void headsChecked() {
    checks.increment();
  }
}

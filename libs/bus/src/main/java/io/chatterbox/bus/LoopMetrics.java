package io.chatterbox.bus;

import io.chatterbox.contract.Service;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/// What is measured of the commands that this replica handles.
final class LoopMetrics {
  private final MeterRegistry meters;
  private final Tags tags;
  private final Counter takeovers;
  private final Counter stale;
  private final Counter failed;
  private final Counter dead;
  private final DistributionSummary batchSize;
  private final Timer batchTime;

  LoopMetrics(MeterRegistry meters, Service service) {
    this.meters = meters;
    this.tags = Tags.of("service", service.id());
    this.takeovers = meters.counter("chatterbox.bus.takeovers", tags);
    this.stale = meters.counter("chatterbox.bus.entries.stale", tags);
    this.failed = meters.counter("chatterbox.bus.batches.failed", tags);
    this.dead = meters.counter("chatterbox.bus.commands.dead", tags);
    this.batchSize = meters.summary("chatterbox.bus.batch.size", tags);
    this.batchTime = meters.timer("chatterbox.bus.batch.time", tags);
  }

  /// Entries in the streams of the owned partitions.
  void watchBacklog(Supplier<Number> entries) {
    watch("chatterbox.bus.backlog", entries);
  }

  /// Owned partitions.
  void watchPartitions(Supplier<Number> partitions) {
    watch("chatterbox.bus.partitions", partitions);
  }

  /// Commands in hand that were not begun.
  void watchQueue(Supplier<Number> commands) {
    watch("chatterbox.bus.queued", commands);
  }

  void takeover() {
    takeovers.increment();
  }

  /// An entry that was too old to be begun, or could not be read.
  void stale() {
    stale.increment();
  }

  void batchFailed() {
    failed.increment();
  }

  void dead() {
    dead.increment();
  }

  void batch(int size, Duration took) {
    batchSize.record(size);
    batchTime.record(took);
  }

  private void watch(String name, Supplier<Number> value) {
    Gauge.builder(name, value).tags(tags).strongReference(true).register(meters);
  }
}

package io.chatterbox.bus.report;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// What is measured anyway, as far as the operator's page shows it. A figure is the sum of its
/// meter's over all labels, or over those that have one certain label.
@Singleton
final class MeterFigures implements FigureSource {
  private record Figure(String name, String tag, String value) {
    Figure(String name) {
      this(name, "", "");
    }

    boolean counts(Meter meter) {
      return tag.isEmpty() || value.equals(meter.getId().getTag(tag));
    }
  }

  private static final Map<String, List<Figure>> BY_METER =
      Map.ofEntries(
          Map.entry("chatterbox.gateway.sockets", List.of(new Figure("connections"))),
          Map.entry("chatterbox.gateway.connects", List.of(new Figure("connects"))),
          Map.entry(
              "chatterbox.gateway.disconnects",
              List.of(
                  new Figure("disconnects"),
                  new Figure("slow-consumers", "reason", "slow-consumer"))),
          Map.entry("chatterbox.gateway.events.in", List.of(new Figure("events-in"))),
          Map.entry("chatterbox.gateway.events.out", List.of(new Figure("events-out"))),
          Map.entry("chatterbox.gateway.deliveries", List.of(new Figure("deliveries"))),
          Map.entry("chatterbox.gateway.events.pending", List.of(new Figure("events-pending"))),
          Map.entry("chatterbox.gateway.outbound.queued", List.of(new Figure("outbound-bytes"))),
          Map.entry("chatterbox.gateway.gaps.repaired", List.of(new Figure("gaps-repaired"))),
          Map.entry("chatterbox.bus.backlog", List.of(new Figure("backlog"))),
          Map.entry("chatterbox.bus.partitions", List.of(new Figure("partitions"))),
          Map.entry("chatterbox.bus.commands.dead", List.of(new Figure("dead"))),
          Map.entry("jvm.memory.used", List.of(new Figure("heap-bytes", "area", "heap"))),
          Map.entry("process.cpu.usage", List.of(new Figure("cpu"))));

  private final MeterRegistry meters;

  @Inject
  MeterFigures(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public Map<String, Double> figures() {
    Map<String, Double> figures = new HashMap<>();
    for (Meter meter : meters.getMeters()) {
      for (Figure figure : BY_METER.getOrDefault(meter.getId().getName(), List.of())) {
        if (figure.counts(meter)) {
          figures.merge(figure.name(), value(meter), Double::sum);
        }
      }
    }
    return figures;
  }

  private static double value(Meter meter) {
    Iterator<Measurement> measurements = meter.measure().iterator();
    double value = measurements.hasNext() ? measurements.next().getValue() : 0;
    return Double.isFinite(value) ? value : 0;
  }
}

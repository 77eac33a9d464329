package io.chatterbox.gateway.ops;

import io.chatterbox.bus.report.Spread;
import io.chatterbox.contract.Report;
import io.chatterbox.gateway.ops.Picture.Row;
import io.chatterbox.gateway.ops.Picture.State;
import io.chatterbox.gateway.ops.Picture.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// What was heard of each process, and what follows from two reports of it. On one thread.
final class Processes {
  private static final long SILENT_MILLIS = 3_000;
  private static final int MOST = 1_000;
  private static final String ACKS = "acks";

  /// A report and when it came, in milliseconds of a monotonic clock.
  private record Heard(Report report, long at) {}

  private static final class Known {
    private final String service;
    private final String name;
    private long since;
    private @Nullable Heard last;
    private @Nullable Heard before;

    Known(String service, String name, long now) {
      this.service = service;
      this.name = name;
      this.since = now;
    }

    void heard(Report report, long now) {
      Heard known = last;
      before = known != null && known.report().run().equals(report.run()) ? known : null;
      last = new Heard(report, now);
      since = now;
    }

    boolean isSilent(long now) {
      return now - since >= SILENT_MILLIS;
    }

    State state(long now) {
      if (isSilent(now)) {
        return State.DOWN;
      }
      Heard known = last;
      if (known == null) {
        return State.ASKED;
      }
      return known.report().failing().isEmpty() ? State.UP : State.NOT_READY;
    }

    double now(String figure) {
      return last == null ? 0 : last.report().figure(figure);
    }

    /// How much it grew in a second.
    double rate(String figure) {
      Heard to = last;
      Heard from = before;
      return to == null || from == null || to.at() <= from.at()
          ? 0
          : Math.max(0, to.report().figure(figure) - from.report().figure(figure))
              * 1_000
              / (to.at() - from.at());
    }

    /// Counts of the acknowledgements between the last two reports.
    void addAcks(Map<String, Double> sums) {
      Heard to = last;
      Heard from = before;
      if (to != null && from != null) {
        to.report()
            .figures()
            .forEach((figure, value) -> {
              if (figure.startsWith(ACKS + ".")) {
                sums.merge(figure, value - from.report().figure(figure), Double::sum);
              }
            });
      }
    }

    Row row(long now) {
      Heard known = last;
      boolean isDown = isSilent(now);
      ToDoubleFunction<String> figure = name -> isDown ? 0 : now(name);
      ToDoubleFunction<String> rate = name -> isDown ? 0 : rate(name);
      return new Row(
          name,
          service,
          state(now),
          now - since,
          known == null ? null : known.report().version(),
          known == null ? null : known.report().startedAt(),
          known == null ? List.of() : known.report().failing(),
          figure.applyAsDouble("connections"),
          rate.applyAsDouble("events-in"),
          rate.applyAsDouble("deliveries"),
          figure.applyAsDouble("backlog"),
          figure.applyAsDouble("heap-bytes"),
          figure.applyAsDouble("cpu"));
    }
  }

  private final Map<String, Known> known = new TreeMap<>();

  /// Processes that have not said goodbye. One that did and is silent is forgotten.
  ///
  /// @param members as `<service>/<name>`
  void expect(Collection<String> members, long now) {
    Set<String> wanted = new HashSet<>(members);
    known
        .entrySet()
        .removeIf(entry -> !wanted.contains(entry.getKey()) && entry.getValue().isSilent(now));
    for (String member : wanted) {
      int slash = member.indexOf('/');
      if (slash > 0 && known.size() < MOST) {
        known.computeIfAbsent(
            member, _ -> new Known(member.substring(0, slash), member.substring(slash + 1), now));
      }
    }
  }

  void heard(Report report, long now) {
    String member = report.service() + "/" + report.process();
    if (known.containsKey(member) || known.size() < MOST) {
      known
          .computeIfAbsent(member, _ -> new Known(report.service(), report.process(), now))
          .heard(report, now);
    }
  }

  /// Forgets everything: nobody looks any more.
  void clear() {
    known.clear();
  }

  /// The processes of a service that are not silent.
  Set<String> living(String service, long now) {
    Set<String> names = new HashSet<>();
    for (Known each : known.values()) {
      if (each.service.equals(service) && !each.isSilent(now)) {
        names.add(each.name);
      }
    }
    return names;
  }

  Picture picture(Instant at, long now) {
    List<Row> rows = new ArrayList<>(known.size());
    List<Known> living = new ArrayList<>(known.size());
    for (Known each : known.values()) {
      rows.add(each.row(now));
      if (!each.isSilent(now)) {
        living.add(each);
      }
    }
    return new Picture(at, totals(living), rows);
  }

  private static Totals totals(List<Known> living) {
    Map<String, Double> acks = new HashMap<>();
    living.forEach(each -> each.addAcks(acks));
    boolean areAcks = acks.values().stream().anyMatch(count -> count > 0);
    return new Totals(
        sum(living, each -> each.now("connections")),
        sum(living, each -> each.rate("events-in")),
        sum(living, each -> each.rate("deliveries")),
        areAcks ? Spread.quantile(ACKS, acks, 0.5) : null,
        areAcks ? Spread.quantile(ACKS, acks, 0.99) : null,
        sum(living, each -> each.now("backlog")),
        sum(living, each -> each.now("outbound-bytes")),
        sum(living, each -> each.rate("slow-consumers")),
        sum(living, each -> each.rate("gaps-repaired")),
        sum(living, each -> each.rate("dead")));
  }

  private static double sum(List<Known> living, ToDoubleFunction<Known> figure) {
    return living.stream().mapToDouble(figure).sum();
  }
}

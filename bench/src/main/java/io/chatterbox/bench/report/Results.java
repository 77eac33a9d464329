package io.chatterbox.bench.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one bench has measured, as it stands in a file of JSON.
///
/// @param bench its name: `./chatterbox bench NAME`
/// @param title a heading
/// @param about what was measured, in a few sentences
/// @param command how it was started
/// @param seconds how long all of it took
/// @param machine hardware and versions, by name
@JsonIgnoreProperties(ignoreUnknown = true)
public record Results(
    String bench,
    String title,
    String about,
    String command,
    long seconds,
    Map<String, String> machine,
    List<Measured> measures) {

  public Results {
    if (!bench.matches("[a-z0-9-]+")) {
      throw new IllegalArgumentException("a bench is named by small letters, not " + bench);
    }
    machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
    measures = List.copyOf(measures);
  }

  /// One measure of all series, such as the CPU time of each server.
  ///
  /// @param better `more` or `less`, where one of them is
  /// @param chart the heading of the chart that shows it; without one it is in the table only. All
  ///   of one chart have the same unit
  /// @param values by series, those of ChatterBox first
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Measured(
      String name,
      String unit,
      @Nullable String better,
      @Nullable String chart,
      Map<String, Double> values) {

    public Measured {
      if (better != null && !better.equals("more") && !better.equals("less")) {
        throw new IllegalArgumentException("better is more or less, not " + better);
      }
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /// The names of all series, in the order in which they come.
  List<String> series() {
    Set<String> names = new LinkedHashSet<>();
    measures.forEach(measure -> names.addAll(measure.values().keySet()));
    return List.copyOf(names);
  }

  /// The measures of each chart, in their order.
  Map<String, List<Measured>> charts() {
    Map<String, List<Measured>> charts = new LinkedHashMap<>();
    for (Measured measure : measures) {
      if (measure.chart() != null) {
        charts.merge(
            measure.chart(),
            List.of(measure),
            (all, one) -> Stream.concat(all.stream(), one.stream()).toList());
      }
    }
    return charts;
  }
}

package io.chatterbox.bench.report;

import io.chatterbox.bench.report.Results.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The results of a bench while it runs.
public final class Recording {
  private final String bench;
  private final String title;
  private final String about;
  private final long began = System.nanoTime();
  private final Map<String, Measured> measures = new LinkedHashMap<>();

  public Recording(String bench, String title, String about) {
    this.bench = bench;
    this.title = title;
    this.about = about;
  }

  /// What is measured, without its values.
  public record Measure(
      String name, String unit, @Nullable String better, @Nullable String chart) {}

  /// Keeps what a series has reached, unless it is no number.
  public void add(String series, Measure measure, double value) {
    if (Double.isFinite(value)) {
      put(
          new Measured(
              measure.name,
              measure.unit,
              measure.better,
              measure.chart,
              Map.of(series, Math.round(value * 1000) / 1000.0)));
    }
  }

  private void put(Measured measure) {
    measures.merge(
        measure.chart() + ": " + measure.name() + ": " + measure.unit(),
        measure,
        (known, more) -> {
          Map<String, Double> values = new LinkedHashMap<>(known.values());
          values.putAll(more.values());
          return new Measured(known.name(), known.unit(), known.better(), known.chart(), values);
        });
  }

  /// Writes the file, or adds to the one that is there: a bench may run once for each series.
  public void write(Path file) throws IOException {
    List<Measured> mine = new ArrayList<>(measures.values());
    long seconds = (System.nanoTime() - began) / 1_000_000_000;
    if (Files.exists(file)) {
      Results earlier = ResultFiles.read(file);
      measures.clear();
      earlier.measures().forEach(this::put);
      mine.forEach(this::put);
      seconds += earlier.seconds();
    }
    Map<String, String> environment = System.getenv();
    ResultFiles.write(
        file,
        new Results(
            bench,
            title,
            about,
            environment.getOrDefault("CHATTERBOX_COMMAND", ""),
            seconds,
            ResultFiles.machine(environment.getOrDefault("CHATTERBOX_MACHINE", "{}")),
            List.copyOf(measures.values())));
  }
}

package io.chatterbox.bench.report;

import io.chatterbox.bench.report.Results.Measured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes a page of Markdown with charts of all results in a folder. Arguments: that folder, and the
/// folder `docs`, where `benchmarks.md` and `images/bench/*.svg` are written.
public final class Report {
  private static final String IMAGES = "images/bench";

  /// Of the machine, but another one for each bench.
  private static final String LOAD = "load average before";

  private final List<Results> all;
  private final Map<String, String> images = new LinkedHashMap<>();

  private Report(List<Results> all) {
    this.all = all;
  }

  public static void main(String[] args) throws IOException {
    write(Path.of(args[0]), Path.of(args[1]));
  }

  static void write(Path results, Path docs) throws IOException {
    List<Results> all = ResultFiles.all(results);
    if (all.isEmpty()) {
      throw new IOException("there are no results in the folder");
    }
    Report report = new Report(all);
    String page = report.page();
    Path folder = Files.createDirectories(docs.resolve(IMAGES));
    forgetOldImages(folder);
    for (Map.Entry<String, String> image : report.images.entrySet()) {
      Files.writeString(folder.resolve(image.getKey()), image.getValue());
    }
    Files.writeString(docs.resolve("benchmarks.md"), page);
  }

  private static void forgetOldImages(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".svg")).toList()) {
        Files.delete(file);
      }
    }
  }

  private String page() {
    List<String> parts = new ArrayList<>();
    parts.add("# Benchmarks");
    parts.add(
        """
        Made by `./chatterbox bench --report`, which runs the benches and writes this page. What each of them does, what
        bounds it, and what was learned from it stands in [bench/README.md](../bench/README.md). All programs of a bench,
        the load included, share one machine, so numbers are for comparing what stands side by side: differences under
        25 % are noise, and a machine that others use adds more.\
        """);
    List<Map<String, String>> machines = all.stream().map(Report::lasting).distinct().toList();
    if (machines.size() == 1) {
      parts.add(machine(machines.getFirst()));
    }
    for (Results results : all) {
      parts.add("## " + results.title());
      parts.add(results.about());
      parts.add(made(results));
      if (machines.size() > 1) {
        parts.add(machine(lasting(results)));
      }
      results.charts().forEach((title, measures) -> parts.add(image(results, title, measures)));
      parts.add(table(results));
    }
    return String.join("\n\n", parts) + "\n";
  }

  private static String made(Results results) {
    String command = results.command().isEmpty() ? results.bench() : results.command();
    long minutes = results.seconds() / 60;
    String time =
        minutes == 0
            ? results.seconds() + " s"
            : String.format(Locale.ROOT, "%d min %d s", minutes, results.seconds() % 60);
    String load = results.machine().get(LOAD);
    String quiet = load == null ? "" : "; load average before it " + load;
    return "`" + command + "`, " + time + " in all" + quiet + ".";
  }

  private static Map<String, String> lasting(Results results) {
    Map<String, String> machine = new LinkedHashMap<>(results.machine());
    machine.remove(LOAD);
    return machine;
  }

  private static String machine(Map<String, String> machine) {
    String rows =
        machine.entrySet().stream()
            .map(entry -> "| " + cell(entry.getKey()) + " | " + cell(entry.getValue()) + " |")
            .collect(Collectors.joining("\n"));
    return rows.isEmpty() ? "Nothing is known of the machine." : "| | |\n|---|---|\n" + rows;
  }

  private String image(Results results, String title, List<Measured> measures) {
    String name = results.bench() + "-" + slug(title) + ".svg";
    images.put(name, BarChart.of(title, measures, results.series()));
    return "![" + title + "; the numbers stand in the table below](" + IMAGES + "/" + name + ")";
  }

  private static String slug(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  private static String table(Results results) {
    List<String> series = results.series();
    StringBuilder table = new StringBuilder("| measure | unit |");
    series.forEach(name -> table.append(' ').append(cell(name)).append(" |"));
    table.append("\n|---|---|").append("--:|".repeat(series.size()));
    for (Measured measure : results.measures()) {
      table.append("\n| ").append(cell(measure.name()));
      table.append(" | ").append(cell(measure.unit())).append(" |");
      for (String name : series) {
        Double value = measure.values().get(name);
        table.append(' ').append(value == null ? "" : BarChart.number(value)).append(" |");
      }
    }
    return table.toString();
  }

  private static String cell(String text) {
    return BarChart.escaped(text).replace("|", "\\|");
  }
}

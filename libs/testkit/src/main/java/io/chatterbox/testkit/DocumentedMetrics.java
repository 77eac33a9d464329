package io.chatterbox.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The names in `docs/metrics.md`, which are promised.
///
/// @param names as Prometheus has them, each with the services that tell it
public record DocumentedMetrics(List<Name> names) {

  public DocumentedMetrics {
    names = List.copyOf(names);
  }

  /// A row of the tables.
  public record Name(String name, List<String> services) {
    public Name {
      services = List.copyOf(services);
    }
  }

  /// Reads them from the folder of a module.
  public static DocumentedMetrics read() throws IOException {
    Path home = Path.of("").toAbsolutePath();
    while (!Files.exists(home.resolve("docs/metrics.md"))) {
      home = Optional.ofNullable(home.getParent()).orElseThrow();
    }
    List<Name> names = new ArrayList<>();
    for (String line : Files.readAllLines(home.resolve("docs/metrics.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length >= 6 && cells[1].strip().startsWith("`")) {
        names.add(
            new Name(
                cells[1].strip().replace("`", ""), Arrays.asList(cells[4].strip().split(" "))));
      }
    }
    return new DocumentedMetrics(names);
  }

  /// The names that a service, such as `chat`, promises.
  public List<String> of(String service) {
    return names.stream()
        .filter(name -> name.services().contains(service))
        .map(Name::name)
        .toList();
  }

  /// Those of a service that are not in what it tells.
  ///
  /// @param scraped the body of `/q/metrics`
  public List<String> missing(String service, String scraped) {
    return of(service).stream().filter(name -> !isTold(name, scraped)).toList();
  }

  /// OpenMetrics names the type of a counter without the end of its samples' name.
  private static boolean isTold(String name, String scraped) {
    return scraped.contains("# TYPE " + name + " ")
        || (name.endsWith("_total")
            && scraped.contains("# TYPE " + name.replaceAll("_total$", "") + " counter"));
  }
}

package io.chatterbox.contract;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a process says about itself while somebody looks at the operator's page.
///
/// @param process its name, which it keeps over a restart where one is configured
/// @param run new at every start: figures of two runs have nothing to do with each other
/// @param service such as `gateway`
/// @param failing names of the readiness checks that fail; it is ready when there are none
/// @param figures by name; what is counted is counted from the start of the run
public record Report(
    String process,
    String run,
    String service,
    String version,
    Instant startedAt,
    List<String> failing,
    Map<String, Double> figures) {

  public Report {
    failing = List.copyOf(failing);
    figures = Map.copyOf(figures);
  }

  /// A figure; 0 when the process has none of that name.
  public double figure(String name) {
    return figures.getOrDefault(name, 0.0);
  }
}

package io.chatterbox.bench.chat;

import io.chatterbox.bench.Cpu;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The processes of a running suite, read from its `state.json`.
final class Suite {
  private static final Pattern ROW =
      Pattern.compile(
          "\\{\"service\":\"([a-z]+)\",\"replica\":\\d+,\"port\":(\\d+),\"pid\":(\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Row> rows;

  private record Row(String service, int port, long pid) {}

  private Suite(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  static Suite of(Path state) throws IOException {
    return new Suite(
        ROW.matcher(Files.readString(state))
            .results()
            .map(row ->
                new Row(row.group(1), Integer.parseInt(row.group(2)), Long.parseLong(row.group(3))))
            .toList());
  }

  /// The port of the service's first replica.
  int port(String service) {
    return rows(service).getFirst().port;
  }

  /// The ports of all of the service's replicas.
  List<Integer> ports(String service) {
    return rows(service).stream().map(Row::port).toList();
  }

  int replicas(String service) {
    return rows(service).size();
  }

  private List<Row> rows(String service) {
    return rows.stream().filter(row -> row.service.equals(service)).toList();
  }

  /// Microseconds of processor time that all replicas of a service have used so far.
  double cpuMicros(String service) throws IOException {
    double sum = 0;
    for (Row row : rows(service)) {
      sum += Cpu.micros(row.pid);
    }
    return sum;
  }

  /// The sum of a metric over its label sets and the service's replicas, 0 if there is none.
  ///
  /// @param name as Prometheus writes it
  /// @param label text that the label set has to contain, empty for all
  double metric(String service, String name, String label)
      throws IOException, InterruptedException {
    Pattern line = Pattern.compile("(?m)^" + Pattern.quote(name) + "(\\{[^}]*\\})? ([-0-9.eE+]+)");
    double sum = 0;
    for (Row row : rows(service)) {
      URI uri = URI.create("http://127.0.0.1:" + row.port + "/q/metrics");
      String text =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      Matcher matcher = line.matcher(text);
      for (MatchResult found : matcher.results().toList()) {
        if (found.group().contains(label)) {
          sum += Double.parseDouble(found.group(2));
        }
      }
    }
    return sum;
  }
}

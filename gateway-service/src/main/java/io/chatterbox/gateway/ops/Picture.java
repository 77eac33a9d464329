package io.chatterbox.gateway.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All processes at one moment: what the page draws each second.
@JsonInclude(JsonInclude.Include.NON_NULL)
record Picture(String type, Instant at, Totals totals, List<Row> processes) {
  Picture(Instant at, Totals totals, List<Row> processes) {
    this("picture", at, totals, processes);
  }

  Picture {
    processes = List.copyOf(processes);
  }

  /// Over all processes; what has no unit is a rate in a second.
  ///
  /// @param ackP50 milliseconds from an event's arrival to its answer; absent when none was
  ///   answered
  /// @param backlog entries in command streams
  /// @param outboundBytes waiting for sockets that do not read
  /// @param slowConsumers sockets closed because they did not read
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Totals(
      double connections,
      double events,
      double deliveries,
      @Nullable Double ackP50,
      @Nullable Double ackP99,
      double backlog,
      double outboundBytes,
      double slowConsumers,
      double gapsRepaired,
      double dead) {}

  /// One process. What it said last stands there also when it is down.
  ///
  /// @param silentMillis since when nothing was heard of it
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Row(
      String name,
      String service,
      State state,
      long silentMillis,
      @Nullable String version,
      @Nullable Instant startedAt,
      List<String> failing,
      double connections,
      double events,
      double deliveries,
      double backlog,
      double heapBytes,
      double cpu) {

    Row {
      failing = List.copyOf(failing);
    }
  }

  /// How a process is.
  enum State {
    /// Known from its signs of life, and just asked for the first time.
    ASKED,
    UP,
    /// A readiness check fails.
    NOT_READY,
    /// Silent for three seconds.
    DOWN
  }
}

package io.chatterbox.bench;

import static java.util.stream.Collectors.joining;

import io.chatterbox.bench.report.Recording;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measures servers one after the other and prints a table of medians. Arguments: the repository's
/// folder, then `--servers library,node,netty-socketio,vertx --rounds 3 --millis 2000 --warm-up
/// 6000 --pin 0 --json FILE`.
public final class Bench {
  /// Long enough for a JVM on one core to have compiled what a new load needs.
  private static final int WARM_UP_MILLIS = 6000;

  private static final Map<String, String> NAMES =
      Map.of("library", "ChatterBox", "node", "Node socket.io", "vertx", "raw Vert.x");

  private final File home;
  private final Map<String, List<String>> arguments;

  private Bench(File home, Map<String, List<String>> arguments) {
    this.home = home;
    this.arguments = arguments;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, List<String>> arguments = new LinkedHashMap<>();
    for (int i = 1; i + 1 < args.length; i += 2) {
      arguments.put(args[i], List.of(args[i + 1].split(",", -1)));
    }
    new Bench(new File(args[0]), arguments).run();
  }

  private void run() throws IOException, InterruptedException {
    List<String> servers =
        arguments.getOrDefault("--servers", List.of("library", "node", "netty-socketio", "vertx"));
    int rounds = number("--rounds", 3);
    Recording recording = recording(servers, rounds);
    Map<String, Map<Measure, double[]>> results = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (String server : servers) {
        System.err.println("round " + (round + 1) + ": " + server);
        Map<Measure, Double> measured = round(server);
        Map<Measure, double[]> all =
            results.computeIfAbsent(server, s -> new EnumMap<>(Measure.class));
        for (Map.Entry<Measure, Double> entry : measured.entrySet()) {
          all.computeIfAbsent(entry.getKey(), m -> new double[rounds])[round] = entry.getValue();
        }
      }
    }
    print(results);
    if (arguments.containsKey("--json")) {
      record(results, recording);
      recording.write(Path.of(arguments.get("--json").getFirst()));
    }
  }

  private static Recording recording(List<String> servers, int rounds) {
    String names =
        servers.stream().map(name -> NAMES.getOrDefault(name, name)).collect(joining(", "));
    String raw =
        servers.contains("vertx")
            ? " Raw Vert.x has no sessions, heartbeats or rooms: what a JVM costs at the least."
            : "";
    return new Recording(
        "socketio",
        "The Socket.IO library beside its peers",
        "The servers alone ("
            + names
            + "), each started anew on one core, and a load generator on another: "
            + (rounds == 1 ? "one round." : "medians of " + rounds + " rounds.")
            + raw);
  }

  private static void record(Map<String, Map<Measure, double[]>> results, Recording recording) {
    results.forEach((server, all) ->
        all.forEach((measure, values) -> {
          double median = Measure.median(values);
          // without a JVM there is no such heap
          if (measure != Measure.HEAP || median > 0) {
            recording.add(NAMES.getOrDefault(server, server), Reported.of(measure), median);
          }
        }));
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(
        arguments.getOrDefault(name, List.of(String.valueOf(otherwise))).getFirst());
  }

  private Map<Measure, Double> round(String name) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    int millis = number("--millis", 2000);
    Map<Measure, Double> results = new EnumMap<>(Measure.class);
    try (ServerProcess server = ServerProcess.start(command(name, port), home, port)) {
      int warmUp = number("--warm-up", Math.max(millis, WARM_UP_MILLIS));
      results.putAll(new Round(server, port, warmUp, millis).run());
    }
    try (ServerProcess server = ServerProcess.start(command(name, port), home, port)) {
      results.putAll(new Round(server, port, 0, 0).idle());
    }
    return results;
  }

  private List<String> command(String name, int port) {
    List<String> command = new ArrayList<>();
    if (arguments.containsKey("--pin")) {
      command.addAll(List.of("taskset", "-c"));
      command.addAll(arguments.get("--pin"));
    }
    command.addAll(unpinned(name, port));
    return command;
  }

  private List<String> unpinned(String name, int port) {
    String number = String.valueOf(port);
    return switch (name) {
      case "library" ->
          List.of(new File(home, "chatterbox").getPath(), "bench-server", "--port", number);
      case "node" -> List.of("node", "bench/peers/node/server.mjs", number);
      case "netty-socketio" -> java("io.chatterbox.bench.peers.NettySocketIoPeer", number);
      case "vertx" -> java("io.chatterbox.bench.peers.VertxPeer", number);
      default -> throw new IllegalArgumentException("no server " + name);
    };
  }

  /// With the options that the library's own server is started with.
  private static List<String> java(String main, String port) {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, port));
    return command;
  }

  private static void print(Map<String, Map<Measure, double[]>> results) {
    StringBuilder table = new StringBuilder("| measure |");
    results.keySet().forEach(server -> table.append(' ').append(server).append(" |"));
    table.append("\n|---|").append("---|".repeat(results.size())).append('\n');
    for (Measure measure : Measure.values()) {
      table.append("| ").append(measure.label()).append(" |");
      for (Map<Measure, double[]> server : results.values()) {
        double median = Measure.median(server.getOrDefault(measure, new double[0]));
        String format = median >= 1000 ? " %,.0f |" : median >= 100 ? " %.0f |" : " %.2f |";
        table.append(String.format(Locale.ROOT, format, median));
      }
      table.append('\n');
    }
    System.out.print(table);
  }
}

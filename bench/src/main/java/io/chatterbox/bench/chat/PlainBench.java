package io.chatterbox.bench.chat;

import io.chatterbox.bench.Dialect;
import io.chatterbox.bench.Generator;
import io.chatterbox.bench.chat.ChatLoad.Target;
import io.chatterbox.bench.chat.People.Person;
import io.chatterbox.bench.report.Recording;
import io.chatterbox.bench.report.Recording.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a delivery costs the gateway over Socket.IO's transport and over the plain WebSocket: one
/// room on one suite, heard over one and then the other, again and again. Arguments: `--state
/// state.json --size 1000 --millis 5000 --warm-up 10000 --rounds 3 --json FILE`.
public final class PlainBench {
  private static final int PEOPLE = 50;
  private static final int SENDERS = 20;
  private static final List<Integer> WINDOWS = List.of(1, 32);

  private final Suite suite;
  private final People people;
  private final Map<String, String> options;
  private final Map<Case, double[][]> results = new LinkedHashMap<>();

  private record Case(Dialect dialect, int window) {}

  private PlainBench(Map<String, String> options) throws IOException {
    this.suite = Suite.of(Path.of(options.getOrDefault("--state", ".chatterbox/state.json")));
    this.people = new People(suite.port("gateway"));
    this.options = options;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    Recording recording =
        new Recording(
            "plain",
            "The plain WebSocket",
            "One room on one suite, heard over Socket.IO and then over the plain WebSocket at /ws.");
    PlainBench bench = new PlainBench(options);
    bench.run();
    bench.record(recording);
    if (options.containsKey("--json")) {
      recording.write(Path.of(options.get("--json")));
    }
  }

  private int number(String name, int otherwise) {
    return Integer.parseInt(options.getOrDefault(name, String.valueOf(otherwise)));
  }

  private void run() throws IOException, InterruptedException {
    int size = number("--size", 1_000);
    int rounds = number("--rounds", 3);
    List<Person> online = people.register(PEOPLE);
    String room = people.room(online.getFirst());
    for (int round = 0; round < rounds; round++) {
      for (Dialect dialect : Dialect.values()) {
        try (Generator generator = new Generator(suite.port("gateway"), dialect)) {
          generator.connect(size, i -> dialect.connect(online.get(i % PEOPLE).token()));
          for (int window : WINDOWS) {
            System.err.printf("round %d: %s, %d in flight%n", round + 1, dialect, window);
            Target target =
                new Target(
                    "send-room-message",
                    "roomName",
                    room,
                    ChatLoad.ring(0, SENDERS, size),
                    ChatLoad.ring(0, size, size));
            double[][] result =
                results.computeIfAbsent(new Case(dialect, window), _ -> new double[2][rounds]);
            measure(new ChatLoad(generator, List.of(target), window), result, round);
          }
        }
      }
    }
    print(size);
  }

  private void measure(ChatLoad load, double[][] result, int round) throws IOException {
    load.join();
    load.run(number("--warm-up", 10_000), 0);
    load.drain();
    load.reset();
    double cpu = suite.cpuMicros("gateway");
    long begun = System.nanoTime();
    load.run(number("--millis", 5_000), 0);
    double seconds = (System.nanoTime() - begun) / 1e9;
    long deliveries = load.deliveries();
    result[0][round] = deliveries / seconds;
    result[1][round] = (suite.cpuMicros("gateway") - cpu) / deliveries;
    load.drain();
  }

  private void print(int size) {
    System.out.printf(
        "A room of %,d, medians of %d rounds.%n%n| in flight | transport | deliveries/s | gateway CPU-µs per "
            + "delivery | against Socket.IO |%n|---|---|---|---|---|%n",
        size, number("--rounds", 3));
    for (int window : WINDOWS) {
      double base = median(new Case(Dialect.SOCKET_IO, window), 1);
      for (Dialect dialect : Dialect.values()) {
        Case one = new Case(dialect, window);
        System.out.printf(
            Locale.ROOT,
            "| %d | %s | %,.0f | %.2f | %.1f × |%n",
            window,
            name(dialect),
            median(one, 0),
            median(one, 1),
            median(one, 1) / base);
      }
    }
  }

  private void record(Recording recording) {
    for (int window : WINDOWS) {
      String name = "a room of " + number("--size", 1_000) + ", " + window + " in flight";
      for (Dialect dialect : Dialect.values()) {
        Case one = new Case(dialect, window);
        recording.add(
            name(dialect),
            new Measure(name, "CPU-µs a delivery", "less", "What a delivery costs the gateway"),
            median(one, 1));
        recording.add(
            name(dialect), new Measure(name, "deliveries/s", "more", null), median(one, 0));
      }
    }
  }

  private static String name(Dialect dialect) {
    return dialect == Dialect.PLAIN ? "plain /ws" : "Socket.IO";
  }

  private double median(Case one, int figure) {
    double[] all = results.getOrDefault(one, new double[2][1])[figure].clone();
    Arrays.sort(all);
    return all[all.length / 2];
  }
}

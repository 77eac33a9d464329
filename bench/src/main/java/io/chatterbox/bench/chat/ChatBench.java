package io.chatterbox.bench.chat;

import io.chatterbox.bench.Dialect;
import io.chatterbox.bench.Generator;
import io.chatterbox.bench.chat.ChatLoad.Target;
import io.chatterbox.bench.chat.People.Person;
import io.chatterbox.bench.report.Recording;
import io.chatterbox.bench.report.Recording.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Measures a running suite and prints a table. Arguments: `--state state.json --millis 10000
/// --warm-up 20000 --json FILE`; a file that is there is added to. With `--rate N` only N messages
/// a second into 200 conversations are measured.
public final class ChatBench {
  private static final int CONVERSATIONS = 200;
  private static final int MEMBERS = 10;
  private static final int ROOM = 1000;
  private static final int WINDOW = 8;
  private static final int ROOM_SENDERS = 20;
  private static final int ROOM_WINDOW = 32;
  private static final int BATCH = 512;
  private static final int SMALL_BATCH = 64;

  /// Messages a second that machines of different speed are compared at.
  private static final int USUAL = 2500;

  private static final int DRIVER_MILLIS = 4000;

  /// After the processes were asked for their numbers, which disturbs them for a moment: what is
  /// sent by then counts, how long it took does not.
  private static final int SETTLE_MILLIS = 2000;

  private final Suite suite;
  private final People people;
  private final long millis;
  private final long warmUp;
  private final double rate;
  private final Map<String, Result> results = new LinkedHashMap<>();

  private ChatBench(Suite suite, long millis, long warmUp, double rate) {
    this.suite = suite;
    this.people = new People(suite.port("gateway"));
    this.millis = millis;
    this.warmUp = warmUp;
    this.rate = rate;
  }

  /// @param cpu microseconds per message, by service
  private record Result(
      double perSecond,
      double deliveriesPerSecond,
      List<Double> latencies,
      Map<String, Double> cpu,
      double perBatch,
      double perRoundTrip,
      long refused) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    Suite suite = Suite.of(Path.of(options.getOrDefault("--state", ".chatterbox/state.json")));
    Recording recording =
        new Recording(
            "chat",
            "Messages, the whole path",
            "From emit to the last receiver, with gateway, chat-service, Redis, MongoDB and the"
                + " load on one machine. A message counts when it was acknowledged, which means"
                + " stored.");
    new ChatBench(
            suite,
            Long.parseLong(options.getOrDefault("--millis", "10000")),
            Long.parseLong(options.getOrDefault("--warm-up", "20000")),
            Double.parseDouble(options.getOrDefault("--rate", "0")))
        .run(recording);
    if (options.containsKey("--json")) {
      recording.write(Path.of(options.get("--json")));
    }
  }

  private void run(Recording recording) throws IOException, InterruptedException {
    String uri = "mongodb://127.0.0.1:" + suite.port("mongodb");
    double alone = DriverAlone.documentsPerSecond(uri, BATCH, DRIVER_MILLIS);
    double aloneSmall = DriverAlone.documentsPerSecond(uri, SMALL_BATCH, DRIVER_MILLIS);
    List<Person> all = people.register(2 * CONVERSATIONS);
    List<Person> online = all.subList(0, CONVERSATIONS);
    conversations(all, online);
    if (rate == 0) {
      room(online);
    }
    print(alone, aloneSmall);
    record(recording, alone, aloneSmall);
  }

  private void conversations(List<Person> all, List<Person> online)
      throws IOException, InterruptedException {
    List<String> groups =
        people.groups(
            CONVERSATIONS,
            i -> ChatLoad.ring(i, MEMBERS, CONVERSATIONS).stream().map(online::get).toList());
    List<String> quiet =
        people.groups(
            CONVERSATIONS,
            i ->
                IntStream.range(0, MEMBERS)
                    .mapToObj(k -> all.get(k == 0 ? i : CONVERSATIONS + (i + k) % CONVERSATIONS))
                    .toList());
    try (Generator generator = new Generator(suite.port("gateway"))) {
      generator.connect(CONVERSATIONS, index -> connect(online.get(index)));
      ChatLoad loud = load(generator, groups, MEMBERS);
      if (rate > 0) {
        loud.run(warmUp, 0);
        loud.drain();
        measure(at(rate), loud, rate);
        return;
      }
      Result fastest = measure("200 conversations of 10", loud, 0);
      measure("the same at half that rate", loud, fastest.perSecond / 2);
      measure(at(USUAL), loud, USUAL);
      measure("the same at a tenth of that rate", loud, fastest.perSecond / 10);
      measure("heard by their senders alone", load(generator, quiet, 1), 0);
    }
  }

  private static String at(double rate) {
    return String.format(Locale.ROOT, "200 conversations of 10, %,.0f messages/s", rate);
  }

  private ChatLoad load(Generator generator, List<String> groups, int listeners)
      throws IOException {
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      targets.add(
          new Target(
              "send-message",
              "conversationId",
              groups.get(i),
              List.of(i),
              ChatLoad.ring(i, listeners, CONVERSATIONS)));
    }
    ChatLoad load = new ChatLoad(generator, targets, WINDOW);
    load.join();
    return load;
  }

  private void room(List<Person> online) throws IOException, InterruptedException {
    String room = people.room(online.getFirst());
    try (Generator generator = new Generator(suite.port("gateway"))) {
      generator.connect(ROOM, index -> connect(online.get(index % online.size())));
      Target target =
          new Target(
              "send-room-message",
              "roomName",
              room,
              ChatLoad.ring(0, ROOM_SENDERS, ROOM),
              ChatLoad.ring(0, ROOM, ROOM));
      ChatLoad load = new ChatLoad(generator, List.of(target), ROOM_WINDOW);
      load.join();
      measure("a room of 1,000", load, 0);
    }
  }

  private static byte[] connect(Person person) {
    return Dialect.SOCKET_IO.connect(person.token());
  }

  private Result measure(String name, ChatLoad load, double rate)
      throws IOException, InterruptedException {
    System.err.println(name);
    load.run(results.isEmpty() ? warmUp : warmUp / 3, rate);
    load.drain();
    load.reset();
    Sample before = Sample.of(suite);
    load.run(SETTLE_MILLIS, rate);
    load.forgetLatencies();
    load.run(millis, rate);
    Sample after = Sample.of(suite);
    double seconds = after.secondsSince(before);
    long count = load.acknowledged();
    Map<String, Double> cpu = new LinkedHashMap<>();
    for (String service : before.cpuMicros().keySet()) {
      cpu.put(service, after.cpuSince(before, service) / count);
    }
    Result result =
        new Result(
            count / seconds,
            load.deliveries() / seconds,
            List.of(
                load.acknowledgements().millis(0.5),
                load.acknowledgements().millis(0.99),
                load.lastReceivers().millis(0.5),
                load.lastReceivers().millis(0.99)),
            cpu,
            (after.commands() - before.commands()) / (after.batches() - before.batches()),
            count / (after.roundTrips() - before.roundTrips()),
            load.refused());
    load.drain();
    results.put(name, result);
    return result;
  }

  private void print(double alone, double aloneSmall) {
    System.out.printf(
        Locale.ROOT,
        "chat-services: %d. The driver alone, ordered insertMany: %,.0f documents/s in batches of"
            + " %d, %,.0f in batches of %d.%n%n",
        suite.replicas("chat"),
        alone,
        BATCH,
        aloneSmall,
        SMALL_BATCH);
    System.out.println(
        "| load | messages/s | deliveries/s | ack p50, p99 ms | last receiver p50, p99 ms | CPU-µs"
            + " per message: gateway, chat, redis, mongodb, generator | cores | messages per batch"
            + " | per MongoDB round trip | refused |\n"
            + "|---|---|---|---|---|---|---|---|---|---|");
    results.forEach((name, r) ->
        System.out.printf(
            Locale.ROOT,
            "| %s | %,.0f | %,.0f | %.1f, %.1f | %.1f, %.1f | %.0f, %.0f, %.0f, %.0f, %.0f | %.2f"
                + " | %.1f | %.1f | %d |%n",
            name,
            r.perSecond,
            r.deliveriesPerSecond,
            r.latencies.get(0),
            r.latencies.get(1),
            r.latencies.get(2),
            r.latencies.get(3),
            r.cpu.get("gateway"),
            r.cpu.get("chat"),
            r.cpu.get("redis"),
            r.cpu.get("mongodb"),
            r.cpu.get("generator"),
            r.cpu.values().stream().mapToDouble(Double::doubleValue).sum() * r.perSecond / 1e6,
            r.perBatch,
            r.perRoundTrip,
            r.refused));
  }

  private void record(Recording recording, double alone, double aloneSmall) {
    int replicas = suite.replicas("chat");
    String series = replicas == 1 ? "1 chat-service" : replicas + " chat-services";
    String rate = "Messages per second";
    results.forEach((name, r) -> {
      recording.add(series, new Measure(name, "messages/s", "more", rate), r.perSecond);
      recording.add(
          series,
          new Measure(name, "ms, p99", "less", "Within which 99 of 100 are acknowledged"),
          r.latencies.get(1));
      recording.add(series, new Measure(name, "deliveries/s", "more", null), r.deliveriesPerSecond);
      r.cpu.forEach((service, micros) ->
          recording.add(
              series, new Measure(name, "CPU-µs a message, " + service, "less", null), micros));
    });
    String driver = "the MongoDB driver alone, batches of ";
    recording.add(series, new Measure(driver + BATCH, "messages/s", "more", rate), alone);
    recording.add(
        series, new Measure(driver + SMALL_BATCH, "messages/s", "more", rate), aloneSmall);
  }
}

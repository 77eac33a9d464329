package io.chatterbox.bench.chat;

import io.chatterbox.bench.Dialect;
import io.chatterbox.bench.Generator;
import io.chatterbox.bench.chat.ChatLoad.Target;
import io.chatterbox.bench.chat.People.Person;
import io.chatterbox.bench.report.Recording;
import io.chatterbox.bench.report.Recording.Measure;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;

/// What a delivery costs gateways and a message costs chat-services when there are twice as many of
/// them. Measures a running suite and prints a row. One room's sockets are spread over the
/// gateways, and each chat-service has the same load whatever their number, for what one cannot
/// carry is what a second is there for. Arguments: `--state state.json --base FILE --millis 15000
/// --warm-up 20000 --json FILE`; the file of `--base` holds the first suite's figures, which are
/// made if it is missing.
public final class ScalingBench {
  /// Sockets in the one room.
  private static final int SOCKETS = 1600;

  /// Messages per second into the room.
  private static final double ROOM_RATE = 25;

  /// Conversations of each chat-service that are written to.
  private static final int CONVERSATIONS = 200;

  /// Messages per second for each chat-service.
  private static final double CHAT_RATE = 1000;

  private static final int PEOPLE = 50;
  private static final int ROOM_SENDERS = 20;
  private static final int WINDOW = 8;

  private final Suite suite;
  private final People people;
  private final long millis;
  private final long warmUp;

  private ScalingBench(Suite suite, long millis, long warmUp) {
    this.suite = suite;
    this.people = new People(suite.port("gateway"));
    this.millis = millis;
    this.warmUp = warmUp;
  }

  /// @param perSecond how many there were
  /// @param micros of CPU for each, of all replicas of the service in question
  private record Cost(double perSecond, double micros) {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 0; i + 1 < args.length; i += 2) {
      options.put(args[i], args[i + 1]);
    }
    Suite suite = Suite.of(Path.of(options.getOrDefault("--state", ".chatterbox/state.json")));
    ScalingBench bench =
        new ScalingBench(
            suite,
            Long.parseLong(options.getOrDefault("--millis", "15000")),
            Long.parseLong(options.getOrDefault("--warm-up", "20000")));
    List<Person> all = bench.people.register(PEOPLE);
    Cost message = bench.message(all);
    Cost delivery = bench.delivery(all);
    bench.print(delivery, message, Path.of(options.getOrDefault("--base", "scaling.properties")));
    if (options.containsKey("--json")) {
      bench.record(delivery, message, Path.of(options.get("--json")));
    }
  }

  private Cost message(List<Person> all) throws IOException, InterruptedException {
    int count = CONVERSATIONS * suite.replicas("chat");
    List<String> groups =
        people.groups(count, i -> List.of(all.get(i % PEOPLE), all.get((i + 1) % PEOPLE)));
    try (Generator generator = new Generator(suite.ports("gateway"), Dialect.SOCKET_IO)) {
      generator.connect(PEOPLE, index -> connect(all.get(index)));
      List<Target> targets =
          IntStream.range(0, count)
              .mapToObj(i ->
                  new Target(
                      "send-message",
                      "conversationId",
                      groups.get(i),
                      List.of(i % PEOPLE),
                      List.of(i % PEOPLE)))
              .toList();
      return cost(
          new ChatLoad(generator, targets, WINDOW), CHAT_RATE * suite.replicas("chat"), "chat");
    }
  }

  private Cost delivery(List<Person> all) throws IOException, InterruptedException {
    String room = people.room(all.getFirst());
    try (Generator generator = new Generator(suite.ports("gateway"), Dialect.SOCKET_IO)) {
      generator.connect(SOCKETS, index -> connect(all.get(index % PEOPLE)));
      Target target =
          new Target(
              "send-room-message",
              "roomName",
              room,
              ChatLoad.ring(0, ROOM_SENDERS, SOCKETS),
              ChatLoad.ring(0, SOCKETS, SOCKETS));
      return cost(new ChatLoad(generator, List.of(target), ROOM_SENDERS), ROOM_RATE, "gateway");
    }
  }

  private static byte[] connect(Person person) {
    return Dialect.SOCKET_IO.connect(person.token());
  }

  private Cost cost(ChatLoad load, double perSecond, String service)
      throws IOException, InterruptedException {
    load.join();
    load.run(warmUp, perSecond);
    load.drain();
    load.reset();
    Sample before = Sample.of(suite);
    load.run(millis, perSecond);
    Sample after = Sample.of(suite);
    double count = service.equals("chat") ? load.acknowledged() : load.deliveries();
    load.drain();
    return new Cost(count / after.secondsSince(before), after.cpuSince(before, service) / count);
  }

  private String name() {
    List<String> parts = new ArrayList<>();
    for (String service : List.of("gateway", "chat")) {
      int replicas = suite.replicas(service);
      parts.add(
          "%d %s%s"
              .formatted(
                  replicas,
                  service.equals("chat") ? "chat-service" : service,
                  replicas == 1 ? "" : "s"));
    }
    return String.join(", ", parts);
  }

  private void print(Cost delivery, Cost message, Path base) throws IOException {
    Properties first = new Properties();
    boolean isFirst = !Files.exists(base);
    if (isFirst) {
      first.setProperty("delivery", Double.toString(delivery.micros));
      first.setProperty("message", Double.toString(message.micros));
      try (Writer writer = Files.newBufferedWriter(base)) {
        first.store(writer, null);
      }
      System.out.println(
          "| suite | deliveries/s | gateways' CPU-µs a delivery | against the first | messages/s |"
              + " chat-services' CPU-µs a message | against the first |\n"
              + "|---|---|---|---|---|---|---|");
    } else {
      try (Reader reader = Files.newBufferedReader(base)) {
        first.load(reader);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.2f | %.2f × | %,.0f | %.0f | %.2f × |%n",
        name(),
        delivery.perSecond,
        delivery.micros,
        delivery.micros / Double.parseDouble(first.getProperty("delivery")),
        message.perSecond,
        message.micros,
        message.micros / Double.parseDouble(first.getProperty("message")));
  }

  private void record(Cost delivery, Cost message, Path file) throws IOException {
    Recording recording =
        new Recording(
            "scaling",
            "Twice as many",
            "What a delivery costs gateways that share a room, and a message chat-services that have"
                + " as much to do as one. All on one machine.");
    recording.add(
        name(),
        new Measure("a delivery", "gateways' CPU-µs", "less", "CPU time of a delivery"),
        delivery.micros);
    recording.add(
        name(),
        new Measure("a message", "chat-services' CPU-µs", "less", "CPU time of a message"),
        message.micros);
    recording.write(file);
  }
}

package io.chatterbox.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// All measures of one freshly started server.
final class Round {
  private static final int IDLE = 10_000;

  /// Open before idle ones are counted: what the first few bring with them (classes, compiled code)
  /// is no connection's.
  private static final int FIRST = 2000;

  private static final int LARGE = 5_000;

  private final ServerProcess server;
  private final int port;
  private final long warmUpMillis;
  private final long millis;
  private final Map<Measure, Double> results = new EnumMap<>(Measure.class);

  Round(ServerProcess server, int port, long warmUpMillis, long millis) {
    this.server = server;
    this.port = port;
    this.warmUpMillis = warmUpMillis;
    this.millis = millis;
  }

  Map<Measure, Double> run() throws IOException, InterruptedException {
    room(
        List.of(
            Measure.ROOM_1000_8,
            Measure.ROOM_1000_8_RATE,
            Measure.ROOM_1000_8_P50,
            Measure.ROOM_1000_8_P99),
        new RoomLoad.Shape(1, 1000, 8, false),
        3 * warmUpMillis);
    room(
        List.of(
            Measure.ROOM_1000,
            Measure.ROOM_1000_RATE,
            Measure.ROOM_1000_P50,
            Measure.ROOM_1000_P99),
        new RoomLoad.Shape(1, 1000, 1, false),
        warmUpMillis);
    room(
        List.of(
            Measure.ROOMS_200,
            Measure.ROOMS_200_RATE,
            Measure.ROOMS_200_P50,
            Measure.ROOMS_200_P99),
        new RoomLoad.Shape(200, 10, 1, false),
        warmUpMillis);
    room(
        List.of(
            Measure.ACKNOWLEDGED,
            Measure.ACKNOWLEDGED_RATE,
            Measure.ACKNOWLEDGED_P50,
            Measure.ACKNOWLEDGED_P99),
        new RoomLoad.Shape(100, 1, 1, true),
        warmUpMillis);
    room(
        List.of(
            Measure.ROOM_5000_8,
            Measure.ROOM_5000_8_RATE,
            Measure.ROOM_5000_8_P50,
            Measure.ROOM_5000_8_P99),
        new RoomLoad.Shape(1, LARGE, 8, false),
        warmUpMillis);
    connects();
    return results;
  }

  private void room(List<Measure> measures, RoomLoad.Shape shape, long warmUp) throws IOException {
    try (Generator generator = new Generator(port)) {
      generator.connect(shape.rooms() * shape.size());
      RoomLoad load = new RoomLoad(generator, shape);
      load.join();
      load.start();
      load.run(warmUp);
      load.reset();
      double cpu = server.cpuMicros();
      long begin = System.nanoTime();
      load.run(millis);
      double spent = server.cpuMicros() - cpu;
      double seconds = (System.nanoTime() - begin) / 1e9;
      long count = shape.acknowledged() ? load.completed() : load.deliveries();
      results.put(measures.get(0), spent / count);
      results.put(measures.get(1), count / seconds);
      results.put(measures.get(2), load.latencies().millis(0.5));
      results.put(measures.get(3), load.latencies().millis(0.99));
      load.stop();
    }
  }

  /// Connects of a server that has seen some.
  private void connects() throws IOException, InterruptedException {
    try (Generator generator = new Generator(port)) {
      generator.connect(LARGE);
    }
    settle();
    try (Generator generator = new Generator(port)) {
      double cpu = server.cpuMicros();
      long begin = System.nanoTime();
      generator.connect(IDLE);
      double seconds = (System.nanoTime() - begin) / 1e9;
      double spent = server.cpuMicros() - cpu;
      results.put(Measure.CONNECTS, IDLE / seconds);
      results.put(Measure.CONNECT, spent / IDLE);
    }
  }

  /// What connections cost while idle, in a server that has done nothing before but warm up: memory
  /// that it had touched for something else would be used again.
  Map<Measure, Double> idle() throws IOException, InterruptedException {
    try (Generator generator = new Generator(port)) {
      generator.connect(FIRST);
      long heap = server.heapKilobytes();
      long rss = server.rssKilobytes();
      generator.connect(IDLE);
      long heapAfter = server.heapKilobytes();
      results.put(Measure.RSS, (server.rssKilobytes() - rss) / (double) IDLE);
      results.put(Measure.HEAP, (heapAfter - heap) / (double) IDLE);
    }
    return results;
  }

  /// Until the server has let go of the last measurement's connections.
  private void settle() throws IOException, InterruptedException {
    double before = -1;
    double now = server.cpuMicros();
    while (now > before) {
      before = now;
      Thread.sleep(300);
      now = server.cpuMicros();
    }
  }
}

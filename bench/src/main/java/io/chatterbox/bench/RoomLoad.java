package io.chatterbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Rooms of equal size, and so many messages in flight in each, all from one of its members: the
/// next is sent when one has reached everyone (and, if asked for, was acknowledged).
final class RoomLoad implements Client.Listener {
  private static final int PAYLOAD = 100;
  private static final int DIGITS = 6;

  private final Generator generator;
  private final Shape shape;
  private final int[] missing;
  private final long[] sentAt;
  private final byte[][] packets;
  private int joined;
  private Histogram latencies = new Histogram();
  private long deliveries;
  private long completed;
  private boolean sending;
  private long now;

  /// @param rooms how many
  /// @param size members of each
  /// @param window messages in flight in each room
  /// @param acknowledged whether emits ask for an acknowledgement
  record Shape(int rooms, int size, int window, boolean acknowledged) {}

  RoomLoad(Generator generator, Shape shape) {
    this.generator = generator;
    this.shape = shape;
    int slots = shape.rooms * shape.window;
    missing = new int[slots];
    sentAt = new long[slots];
    packets = new byte[slots][];
    for (int slot = 0; slot < slots; slot++) {
      packets[slot] = packet(slot);
    }
  }

  private byte[] packet(int slot) {
    String number = String.valueOf(slot);
    String content =
        "#" + "0".repeat(DIGITS - number.length()) + number + "x".repeat(PAYLOAD - DIGITS - 1);
    return ("42"
            + (shape.acknowledged ? number : "")
            + "[\"send-room-message\",{\"roomName\":\"r"
            + slot / shape.window
            + "\",\"content\":\""
            + content
            + "\"}]")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// Every client joins its room.
  void join() throws IOException {
    List<Client> clients = generator.clients();
    for (int i = 0; i < shape.rooms * shape.size; i++) {
      String join = "420[\"join-room\",{\"roomName\":\"r" + i / shape.size + "\"}]";
      clients.get(i).send(join.getBytes(StandardCharsets.UTF_8));
      int sent = i;
      if (i % 64 == 63) {
        generator.run(this, () -> joined > sent - 64);
      }
    }
    generator.run(this, () -> joined == shape.rooms * shape.size);
  }

  void start() {
    sending = true;
    now = System.nanoTime();
    for (int slot = 0; slot < missing.length; slot++) {
      send(slot);
    }
  }

  /// Forgets what was counted.
  void reset() {
    latencies = new Histogram();
    deliveries = 0;
    completed = 0;
  }

  void run(long millis) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    generator.run(
        this,
        () -> {
          now = System.nanoTime();
          return now >= end;
        });
  }

  /// Waits for what is in flight.
  void stop() throws IOException {
    sending = false;
    generator.run(this, () -> Arrays.stream(missing).allMatch(count -> count == 0));
  }

  private void send(int slot) {
    int room = slot / shape.window;
    missing[slot] = shape.size + (shape.acknowledged ? 1 : 0);
    sentAt[slot] = System.nanoTime();
    generator.clients().get(room * shape.size).send(packets[slot]);
  }

  @Override
  public void pending(Client client) {}

  @Override
  public void connected(Client client) {}

  @Override
  public void event(Client client, byte[] bytes, int from, int to) {
    int at = from;
    while (bytes[at] != '#') {
      at++;
    }
    int slot = 0;
    for (int i = 1; i <= DIGITS; i++) {
      slot = slot * 10 + bytes[at + i] - '0';
    }
    deliveries++;
    latencies.add(System.nanoTime() - sentAt[slot]);
    arrived(slot);
  }

  @Override
  public void acknowledged(Client client, int id, byte[] bytes, int from, int to) {
    if (joined < shape.rooms * shape.size) {
      joined++;
    } else {
      arrived(id);
    }
  }

  private void arrived(int slot) {
    if (--missing[slot] == 0) {
      completed++;
      if (sending) {
        send(slot);
      }
    }
  }

  long deliveries() {
    return deliveries;
  }

  long completed() {
    return completed;
  }

  Histogram latencies() {
    return latencies;
  }
}

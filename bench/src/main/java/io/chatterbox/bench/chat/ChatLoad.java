package io.chatterbox.bench.chat;

import io.chatterbox.bench.Client;
import io.chatterbox.bench.Dialect;
import io.chatterbox.bench.Generator;
import io.chatterbox.bench.Histogram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Messages into conversations or rooms. Each slot is one message in flight: it is free again when
/// its message was acknowledged and everyone has heard it.
final class ChatLoad implements Client.Listener {
  private static final int PAYLOAD = 100;
  private static final int DIGITS = 6;
  private static final long PIECE_NANOS = 10_000_000_000L;
  private static final byte[] SUCCESS = "\"success\":true".getBytes(StandardCharsets.UTF_8);
  private static final byte[] CONTENT = "\"content\":\"#".getBytes(StandardCharsets.UTF_8);

  private final Generator generator;
  private final List<Target> targets;
  private final int window;
  private final int[] missing;
  private final int[] unanswered;
  private final long[] sentAt;
  private final byte[][] packets;
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  private Histogram acknowledgements = new Histogram();
  private Histogram lastReceivers = new Histogram();
  private long acknowledged;
  private long deliveries;
  private long refused;
  private int answers;
  private boolean joining;
  private boolean sending;

  /// Messages per second that are sent whether or not earlier ones have arrived, 0 for as many as
  /// there are free slots.
  private double rate;

  private long begun;
  private long due;

  /// Where messages go.
  ///
  /// @param event `send-message` or `send-room-message`
  /// @param field the field that names it, and its value
  /// @param senders indexes of the clients that take turns
  /// @param listeners indexes of all clients that hear it
  record Target(
      String event, String field, String value, List<Integer> senders, List<Integer> listeners) {
    Target {
      senders = List.copyOf(senders);
      listeners = List.copyOf(listeners);
    }

    byte[] join(Dialect dialect) {
      String join = event.equals("send-message") ? "join-conversation" : "join-room";
      return dialect.emit(0, join, "{\"%s\":\"%s\"}".formatted(field, value));
    }
  }

  ChatLoad(Generator generator, List<Target> targets, int window) {
    this.generator = generator;
    this.targets = List.copyOf(targets);
    this.window = window;
    int slots = targets.size() * window;
    missing = new int[slots];
    unanswered = new int[slots];
    sentAt = new long[slots];
    packets = new byte[slots][];
    // slot s belongs to target s % targets, so that free slots take turns
    for (int slot = 0; slot < slots; slot++) {
      packets[slot] = packet(slot, targets.get(slot % targets.size()));
      free.add(slot);
    }
  }

  private byte[] packet(int slot, Target target) {
    String number = String.valueOf(slot);
    String content =
        "#" + "0".repeat(DIGITS - number.length()) + number + "x".repeat(PAYLOAD - DIGITS - 1);
    String data =
        "{\"%s\":\"%s\",\"content\":\"%s\"}".formatted(target.field, target.value, content);
    return generator.dialect().emit(slot, target.event, data);
  }

  /// Every listener joins.
  void join() throws IOException {
    joining = true;
    int asked = 0;
    for (Target target : targets) {
      for (int listener : target.listeners) {
        generator.clients().get(listener).send(target.join(generator.dialect()));
        asked++;
        int wanted = asked - 64;
        generator.run(this, () -> answers >= wanted);
      }
    }
    int all = asked;
    generator.run(this, () -> answers == all);
    joining = false;
  }

  /// Sends for so long.
  ///
  /// @param perSecond messages per second, 0 for as many as possible
  void run(long millis, double perSecond) throws IOException {
    rate = perSecond;
    sending = true;
    begun = System.nanoTime();
    due = 0;
    long end = begun + millis * 1_000_000;
    while (System.nanoTime() < end) {
      // in pieces: the generator takes a long run for a server that is silent
      long until = Math.min(end, System.nanoTime() + PIECE_NANOS);
      generator.run(
          this,
          () -> {
            fill();
            return System.nanoTime() >= until;
          },
          1);
    }
    sending = false;
  }

  /// Waits for what is in flight.
  void drain() throws IOException {
    try {
      generator.run(this, () -> free.size() == missing.length);
    } catch (IOException e) {
      throw new IOException(
          "%d of %d messages have not reached everyone, of whom %d were not acknowledged"
              .formatted(
                  missing.length - free.size(),
                  missing.length,
                  Arrays.stream(unanswered).filter(open -> open != 0).count()),
          e);
    }
  }

  /// Forgets how long everything took so far.
  void forgetLatencies() {
    acknowledgements = new Histogram();
    lastReceivers = new Histogram();
  }

  /// Forgets what was counted.
  void reset() {
    forgetLatencies();
    acknowledged = 0;
    deliveries = 0;
  }

  private void fill() {
    long allowed =
        rate == 0 ? Long.MAX_VALUE : (long) ((System.nanoTime() - begun) * rate / 1e9) - due;
    for (; allowed > 0 && !free.isEmpty(); allowed--) {
      send(free.remove());
      due++;
    }
  }

  private void send(int slot) {
    Target target = targets.get(slot % targets.size());
    missing[slot] = target.listeners.size() + 1;
    unanswered[slot] = 1;
    sentAt[slot] = System.nanoTime();
    int sender = target.senders.get(slot / targets.size() % target.senders.size());
    generator.clients().get(sender).send(packets[slot]);
  }

  @Override
  public void pending(Client client) {}

  @Override
  public void connected(Client client) {}

  @Override
  public void event(Client client, byte[] bytes, int from, int to) {
    int at = find(bytes, from, to, CONTENT);
    // "42["n…" for notification and all the rest: only the message itself counts
    if (at < 0
        || !(generator.dialect().isEvent(bytes, from, "new-")
            || generator.dialect().isEvent(bytes, from, "room-"))) {
      return;
    }
    int slot = 0;
    for (int i = 0; i < DIGITS; i++) {
      slot = slot * 10 + bytes[at + CONTENT.length + i] - '0';
    }
    deliveries++;
    arrived(slot);
  }

  @Override
  public void acknowledged(Client client, int id, byte[] bytes, int from, int to) {
    if (find(bytes, from, to, SUCCESS) < 0) {
      refused++;
      if (refused == 1) {
        System.err.println(
            "refused: "
                + new String(bytes, from, Math.min(to - from, 300), StandardCharsets.UTF_8));
      }
    }
    if (joining) {
      answers++;
      return;
    }
    acknowledged++;
    unanswered[id] = 0;
    acknowledgements.add(System.nanoTime() - sentAt[id]);
    arrived(id);
  }

  private void arrived(int slot) {
    if (--missing[slot] == 0) {
      lastReceivers.add(System.nanoTime() - sentAt[slot]);
      free.add(slot);
      if (sending && rate == 0) {
        fill();
      }
    }
  }

  private static int find(byte[] bytes, int from, int to, byte[] wanted) {
    for (int at = from; at <= to - wanted.length; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }

  int slots() {
    return targets.size() * window;
  }

  long acknowledged() {
    return acknowledged;
  }

  long deliveries() {
    return deliveries;
  }

  long refused() {
    return refused;
  }

  Histogram acknowledgements() {
    return acknowledgements;
  }

  Histogram lastReceivers() {
    return lastReceivers;
  }

  /// Indexes from `first` on, `count` of them, counted round `all`.
  static List<Integer> ring(int first, int count, int all) {
    List<Integer> ring = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ring.add((first + i) % all);
    }
    return ring;
  }
}

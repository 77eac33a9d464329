package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The commands that were given up, of all services: to be looked at, sent again or dropped.
@Singleton
public final class DeadLetters {
  private static final Script AGAIN = Script.load("send-again");
  private static final Caller UNKNOWN = new Caller("", "", "", "");

  private final Router redis;
  private final Json json;
  private final Node node;
  private final int streamCap;

  @Inject
  public DeadLetters(Links links, Json json, Node node, BusConfig config) {
    this.redis = links.requests();
    this.json = json;
    this.node = node;
    this.streamCap = config.streamCap();
  }

  /// Some of the letters.
  ///
  /// @param newest the newest first
  /// @param total how many there are
  public record Page(List<DeadLetter> newest, long total) {
    public Page {
      newest = List.copyOf(newest);
    }
  }

  /// What came of sending one again.
  public enum Outcome {
    SENT,
    /// There is no such letter: it was sent again or dropped already, or made room for newer ones.
    GONE,
    /// The command stream is full; the letter stays.
    FULL,
    /// It is no command; it stays.
    UNREADABLE
  }

  /// The newest letters of all services.
  ///
  /// @param most of them, at most so many
  public Future<Page> newest(int most) {
    List<Future<List<DeadLetter>>> letters = new ArrayList<>();
    List<Future<Long>> counts = new ArrayList<>();
    for (Service service : Service.values()) {
      for (int i = 0; i < Service.PARTITIONS; i++) {
        Partition partition = new Partition(service, i);
        String stream = partition.deadLetters();
        counts.add(redis.send(Request.cmd(Command.XLEN, stream)).map(Response::toLong));
        letters.add(
            redis
                .send(Request.cmd(Command.XREVRANGE, stream, "+", "-", "COUNT", most))
                .map(found -> read(partition, found)));
      }
    }
    return Future.all(counts)
        .compose(_ -> Future.all(letters))
        .map(_ ->
            new Page(
                letters.stream()
                    .flatMap(found -> found.result().stream())
                    .sorted(Comparator.comparing(DeadLetter::at).reversed())
                    .limit(most)
                    .toList(),
                counts.stream().mapToLong(Future::result).sum()));
  }

  /// Sends a command again with its own ids and takes its letter away, both or neither. Done twice,
  /// the second finds it gone.
  public Future<Outcome> sendAgain(Partition partition, String id) {
    return AGAIN
        .run(
            redis,
            List.of(partition.deadLetters(), partition.commands(), partition.tries()),
            List.of(checked(id), streamCap, RedisNames.replies(node.incarnation())))
        .map(answer ->
            switch (answer.toInteger()) {
              case 1 -> Outcome.SENT;
              case 0 -> Outcome.GONE;
              case -1 -> Outcome.FULL;
              default -> Outcome.UNREADABLE;
            });
  }

  /// Takes a letter away for good.
  ///
  /// @return whether it was there
  public Future<Boolean> drop(Partition partition, String id) {
    return redis
        .send(Request.cmd(Command.XDEL, partition.deadLetters(), checked(id)))
        .map(deleted -> deleted.toInteger() == 1);
  }

  private static String checked(String id) {
    try {
      return StreamId.parse(id).text();
    } catch (RuntimeException e) {
      throw Refusal.invalid("This is no id of a dead letter.");
    }
  }

  private List<DeadLetter> read(Partition partition, Response found) {
    List<DeadLetter> letters = new ArrayList<>(found.size());
    for (Response entry : found) {
      letters.add(read(partition, entry.get(0).toString(), entry.get(1)));
    }
    return letters;
  }

  private DeadLetter read(Partition partition, String id, Response fields) {
    Map<String, Response> byName = new HashMap<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      byName.put(fields.get(i).toString(), fields.get(i + 1));
    }
    Caller caller = caller(byName);
    Response body = byName.get("body");
    return new DeadLetter(
        partition.service(),
        partition.index(),
        id,
        Instant.ofEpochMilli(StreamId.parse(id).millis()),
        text(byName, "event"),
        text(byName, "key"),
        caller.userId(),
        caller.username(),
        text(byName, "id"),
        tries(byName),
        text(byName, "reason"),
        body == null ? 0 : body.toBytes().length);
  }

  /// Letters of an older version have neither tries nor a reason.
  private static long tries(Map<String, Response> fields) {
    Response tries = fields.get("tries");
    return tries == null ? Failures.MOST_TRIES : tries.toLong();
  }

  private Caller caller(Map<String, Response> fields) {
    Response caller = fields.get("caller");
    try {
      return caller == null ? UNKNOWN : json.read(RawJson.of(caller.toBytes()), Caller.class);
    } catch (Refusal e) {
      return UNKNOWN;
    }
  }

  private static String text(Map<String, Response> fields, String name) {
    Response value = fields.get(name);
    return value == null ? "" : value.toString();
  }
}

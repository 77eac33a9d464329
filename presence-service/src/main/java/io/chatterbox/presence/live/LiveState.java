package io.chatterbox.presence.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.PresenceCommand.Occupant;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.chatterbox.presence.PresenceConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Who is online and who is in which room, in Redis. Everything here may be called by any replica
/// at any time.
@Singleton
public class LiveState {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String MOST_AT_ONCE = "256";

  private final LiveScript report = LiveScript.load("report");
  private final LiveScript due = LiveScript.load("due");
  private final LiveScript lapse = LiveScript.load("lapse");
  private final LiveScript setStatus = LiveScript.load("set-status");
  private final RedisAPI redis;
  private final Json json;
  private final PresenceConfig config;
  private final Clock clock;

  /// What Redis knows of a user.
  public record Live(String userId, String status, @Nullable Instant lastSeen) {}

  /// Somebody in a room.
  public record Inside(String userId, String username) {}

  LiveState(RedisAPI redis, Json json, PresenceConfig config, Clock clock) {
    this.redis = redis;
    this.json = json;
    this.config = config;
    this.clock = clock;
  }

  /// Takes a gateway's report over.
  ///
  /// @param manual statuses set by hand, for users of whom Redis knows nothing
  public void take(Partition partition, Report told, Map<String, String> manual) {
    run(report, partition, json.write(ReportArgument.of(told, manual)).text());
  }

  /// Does what has fallen due in a partition.
  ///
  /// @return the users who went offline by it
  public List<String> doDue(Partition partition) {
    List<String> offline = new ArrayList<>();
    run(due, partition, MOST_AT_ONCE).forEach(user -> offline.add(user.toString()));
    return offline;
  }

  /// Ends what the gateways reported that live no more.
  public void dropLapsed(Partition partition) {
    for (Response incarnation : await(redis.smembers(partition.key("incarnations")))) {
      String lease = RedisNames.gatewayLease(incarnation.toString());
      if (await(redis.exists(List.of(lease))).toInteger() == 0) {
        run(lapse, partition, incarnation.toString());
      }
    }
  }

  /// Sets a status by hand; `online` goes back to automatic.
  public void setStatus(String userId, String status) {
    run(setStatus, partitionOf(Key.user(userId)), userId, status);
  }

  /// What is known of a user; empty when nothing is.
  public Optional<Live> find(String userId) {
    Response fields =
        await(
            redis.hmget(
                List.of(partitionOf(Key.user(userId)).key("user:" + userId), "state", "lastSeen")));
    Response state = fields.get(0);
    Response lastSeen = fields.get(1);
    return state == null
        ? Optional.empty()
        : Optional.of(
            new Live(
                userId,
                state.toString(),
                lastSeen == null ? null : Instant.parse(lastSeen.toString())));
  }

  public long countInside(String room) {
    return await(redis.zcard(partitionOf(Key.room(room)).key("room:" + room))).toLong();
  }

  /// The people in a room, the latest to come first.
  public List<Inside> inside(String room, int most) {
    Partition partition = partitionOf(Key.room(room));
    List<String> users = new ArrayList<>();
    await(redis.zrevrange(List.of(partition.key("room:" + room), "0", Integer.toString(most - 1))))
        .forEach(user -> users.add(user.toString()));
    if (users.isEmpty()) {
      return List.of();
    }
    List<String> asked = new ArrayList<>(List.of(partition.key("names:" + room)));
    asked.addAll(users);
    Response names = await(redis.hmget(asked));
    return IntStream.range(0, users.size())
        .filter(i -> names.get(i) != null)
        .mapToObj(i -> new Inside(users.get(i), names.get(i).toString()))
        .toList();
  }

  private static Partition partitionOf(Key key) {
    return Service.PRESENCE.partitionOf(key);
  }

  private Response run(LiveScript script, Partition partition, String... arguments) {
    return script.run(redis, partition, clock.instant(), config, arguments);
  }

  private static Response await(Uni<Response> answer) {
    try {
      return answer.await().atMost(PATIENCE);
    } catch (RuntimeException e) {
      throw new StoreAwayException(e);
    }
  }

  /// The report as its script reads it.
  private record ReportArgument(
      String incarnation,
      boolean whole,
      List<Person> online,
      List<String> gone,
      List<String> active,
      List<InRoom> entered,
      List<InRoom> left) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Person(String userId, String username, @Nullable String manual) {}

    private record InRoom(String room, String userId, String username, boolean bye) {
      static InRoom of(Occupant occupant) {
        return new InRoom(
            occupant.roomName(),
            occupant.person().userId(),
            occupant.person().username(),
            occupant.bye());
      }
    }

    static ReportArgument of(Report told, Map<String, String> manual) {
      Map<String, Person> online = new LinkedHashMap<>();
      told.online()
          .forEach(person ->
              online.put(
                  person.userId(),
                  new Person(person.userId(), person.username(), manual.get(person.userId()))));
      return new ReportArgument(
          told.incarnation(),
          told.whole(),
          List.copyOf(online.values()),
          told.gone(),
          told.active(),
          told.entered().stream().map(InRoom::of).toList(),
          told.left().stream().map(InRoom::of).toList());
    }
  }
}

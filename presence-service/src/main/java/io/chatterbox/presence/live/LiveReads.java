package io.chatterbox.presence.live;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.PresenceCommand.PersonState;
import io.chatterbox.contract.PresenceCommand.RoomState;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks Redis who is online and who is in which room.
@Singleton
public class LiveReads {
  private static final int ROOM_FIELDS = 3;

  private final LiveScript readPeople = LiveScript.load("read-people");
  private final LiveScript readRoom = LiveScript.load("read-room");
  private final LiveRedis redis;

  LiveReads(LiveRedis redis) {
    this.redis = redis;
  }

  /// The states of users, by id; without those of whom nothing can be said yet. A version of 0
  /// means that nothing is known here.
  public Map<String, PersonState> people(Collection<String> userIds) {
    Map<Partition, List<String>> byPartition = new LinkedHashMap<>();
    for (String userId : userIds) {
      byPartition
          .computeIfAbsent(Service.PRESENCE.partitionOf(Key.user(userId)), _ -> new ArrayList<>())
          .add(userId);
    }
    List<Future<Response>> answers = new ArrayList<>();
    byPartition.forEach((partition, ids) -> answers.add(redis.started(readPeople, partition, ids)));
    Map<String, PersonState> found = new HashMap<>();
    for (Future<Response> answer : answers) {
      for (Response one : LiveRedis.await(answer)) {
        PersonState state = state(one);
        found.put(state.userId(), state);
      }
    }
    return found;
  }

  /// Who is in a room, the latest to come first.
  public Room room(String name, int most) {
    Response answer =
        redis.run(
            readRoom,
            Service.PRESENCE.partitionOf(Key.room(name)),
            List.of(name, Integer.toString(most)));
    List<Person> people = new ArrayList<>();
    for (int i = ROOM_FIELDS; i + 1 < answer.size(); i += 2) {
      people.add(new Person(answer.get(i).toString(), answer.get(i + 1).toString()));
    }
    long count = answer.get(2).toLong();
    boolean isSettled = answer.get(1).toInteger() == 1;
    return new Room(
        count, new RoomState(answer.get(0).toLong(), isSettled, people.size() == count, people));
  }

  /// How many people are in each of these rooms.
  public Map<String, Long> counts(Collection<String> rooms) {
    Map<String, Future<Response>> answers = new LinkedHashMap<>();
    for (String room : rooms) {
      String key = Service.PRESENCE.partitionOf(Key.room(room)).key("room:" + room);
      answers.computeIfAbsent(room, _ -> redis.started(api -> api.zcard(key)));
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    answers.forEach((room, answer) -> counts.put(room, LiveRedis.await(answer).toLong()));
    return counts;
  }

  /// A room with the number of people in it, who may be more than those named.
  public record Room(long count, RoomState state) {}

  private static PersonState state(Response fields) {
    @Nullable Response lastSeen = fields.get(3);
    return new PersonState(
        fields.get(0).toString(),
        fields.get(1).toLong(),
        fields.get(2).toString(),
        lastSeen == null ? null : Instant.ofEpochMilli(lastSeen.toLong()));
  }
}

package io.chatterbox.presence.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.PresenceCommand.Report;
import io.chatterbox.contract.PresenceCommand.What;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is online and who is in which room, in Redis. Everything here may be called by any replica
/// at any time; time is Redis's, so that no replica's clock matters.
@Singleton
public class LiveState {
  private static final String MOST_DUE = "256";
  private static final String MOST_LAPSED = "200";

  private final LiveScript report = LiveScript.load("report");
  private final LiveScript due = LiveScript.load("due");
  private final LiveScript lapse = LiveScript.load("lapse");
  private final LiveScript setStatus = LiveScript.load("set-status");
  private final LiveScript saved = LiveScript.load("saved");
  private final LiveScript forget = LiveScript.load("forget");
  private final LiveRedis redis;
  private final Json json;

  /// What a look at a partition came to.
  ///
  /// @param next after which time something falls due here, empty for nothing
  /// @param isNew whether it has lost everything, or has just begun: gateways are to be asked
  /// @param unsaved when users were last seen, where the database does not know it yet
  public record Look(boolean isNew, Optional<Duration> next, Map<String, Instant> unsaved) {
    public Look {
      unsaved = Map.copyOf(unsaved);
    }
  }

  /// Incarnations of gateways that have reported something.
  public record Gateways(int live, int lapsed) {}

  LiveState(LiveRedis redis, Json json) {
    this.redis = redis;
    this.json = json;
  }

  /// Takes a gateway's report over.
  ///
  /// @param manual statuses set by hand
  public void take(Partition partition, Report told, Map<String, String> manual) {
    redis.run(report, partition, List.of(json.write(ReportArgument.of(told, manual)).text()));
  }

  /// Does what has fallen due in these partitions.
  public Map<Partition, Look> doDue(List<Partition> partitions) {
    Map<Partition, Future<Response>> answers = new LinkedHashMap<>();
    for (Partition partition : partitions) {
      answers.put(partition, redis.started(due, partition, List.of(MOST_DUE)));
    }
    Map<Partition, Look> looks = new LinkedHashMap<>();
    answers.forEach((partition, answer) -> looks.put(partition, look(LiveRedis.await(answer))));
    return looks;
  }

  private static Look look(Response answer) {
    Map<String, Instant> unsaved = new LinkedHashMap<>();
    for (int i = 2; i + 1 < answer.size(); i += 2) {
      unsaved.put(answer.get(i).toString(), Instant.ofEpochMilli(answer.get(i + 1).toLong()));
    }
    long wait = answer.get(1).toLong();
    return new Look(
        answer.get(0).toInteger() == 1,
        wait < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(wait)),
        unsaved);
  }

  /// Asks all gateways to report everything anew.
  ///
  /// @return how many have heard it
  public long askGateways() {
    return redis.publish(RedisNames.reportRequests(), "");
  }

  /// A partition that has just begun knows everything, because there is no gateway.
  public void settled(Partition partition) {
    redis.call(api -> api.set(List.of(partition.key("since"), "0")));
  }

  /// Gateways were asked since the partition began; later than that, so that it is not forgotten.
  public void asked(Partition partition) {
    redis.call(api -> api.set(List.of(partition.key("asked"), "1")));
  }

  /// The database knows these now.
  public void saved(Partition partition, Map<String, Instant> lastSeen) {
    List<String> arguments = new ArrayList<>();
    lastSeen.forEach((user, at) -> {
      arguments.add(user);
      arguments.add(Long.toString(at.toEpochMilli()));
    });
    redis.run(saved, partition, arguments);
  }

  /// Ends what gateways reported that live no more. A lease that has ended never comes back: the
  /// gateway reports everything under another one.
  ///
  /// @return how many there were
  public Gateways dropLapsed(List<Partition> partitions) {
    Map<Partition, Future<Response>> answers = new LinkedHashMap<>();
    for (Partition partition : partitions) {
      answers.put(partition, redis.started(api -> api.smembers(partition.key("incarnations"))));
    }
    Map<Partition, Set<String>> reported = new LinkedHashMap<>();
    Set<String> all = new HashSet<>();
    answers.forEach((partition, answer) -> {
      Set<String> here = reported.computeIfAbsent(partition, _ -> new HashSet<>());
      LiveRedis.await(answer).forEach(incarnation -> here.add(incarnation.toString()));
      all.addAll(here);
    });
    int lapsed = 0;
    for (String incarnation : all) {
      Response lease = redis.call(api -> api.exists(List.of(RedisNames.gatewayLease(incarnation))));
      if (lease != null && lease.toInteger() == 0) {
        lapsed++;
        reported.forEach((partition, here) -> {
          if (here.contains(incarnation)) {
            drop(partition, incarnation);
          }
        });
      }
    }
    return new Gateways(all.size() - lapsed, lapsed);
  }

  /// Sets a status by hand; `online` goes back to automatic.
  public void setStatus(String userId, String status, String socketId) {
    redis.run(
        setStatus,
        Service.PRESENCE.partitionOf(Key.user(userId)),
        List.of(userId, status, socketId));
  }

  /// Forgets somebody, unless he is there.
  public void forget(String userId) {
    redis.run(forget, Service.PRESENCE.partitionOf(Key.user(userId)), List.of(userId));
  }

  private void drop(Partition partition, String incarnation) {
    List<String> arguments = List.of(incarnation, MOST_LAPSED);
    while (redis.run(lapse, partition, arguments).toInteger() > 0) {
      // others get a turn in between
    }
  }

  /// The report as its script reads it.
  private record ReportArgument(String incarnation, List<Line> changes, List<Active> active) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
        What what, String userId, String username, String room, @Nullable String manual) {}

    static ReportArgument of(Report told, Map<String, String> manual) {
      return new ReportArgument(
          told.incarnation(),
          told.changes().stream()
              .map(change ->
                  new Line(
                      change.what(),
                      change.person().userId(),
                      change.person().username(),
                      change.room(),
                      change.what() == What.online ? manual.get(change.person().userId()) : null))
              .toList(),
          told.active());
    }
  }
}

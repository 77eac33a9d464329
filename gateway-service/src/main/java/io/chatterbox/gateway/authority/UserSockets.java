package io.chatterbox.gateway.authority;

import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.LimitsConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisAPI;
import io.vertx.redis.client.Response;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// How many sockets each user has: counted here, and told to the other gateways in Redis, where
/// each has a count of its own that it writes anew each time. What a gateway that has died left
/// there is taken away by whoever finds it, and only when it matters. While Redis is away, or has
/// forgotten, what is counted here has to do. From any thread.
@Singleton
final class UserSockets {
  private static final Logger LOG = Logger.getLogger(UserSockets.class);
  private static final String COUNT =
      """
      -- Tells how many sockets a user has at a gateway.
      -- KEYS[1] the user's counts; ARGV[1] the gateway, ARGV[2] how many, ARGV[3] for how long in
      -- seconds the counts are remembered when nothing changes
      -- Result: {gateway, how many, gateway, how many …}
      if ARGV[2] == '0' then
        redis.call('HDEL', KEYS[1], ARGV[1])
      else
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        redis.call('EXPIRE', KEYS[1], ARGV[3])
      end
      return redis.call('HGETALL', KEYS[1])
      """;

  private static final String REMEMBERED_SECONDS = "86400";
  private static final String LIVES_MILLIS = "8000";
  private static final long RENEWED_MILLIS = 2_000;
  private static final long PATIENCE_MILLIS = 1_000;

  private final RedisAPI redis;
  private final Vertx vertx;
  private final String own;
  private final int most;
  private final Map<String, Seats> here = new ConcurrentHashMap<>();

  private volatile long timer;

  /// Users whose counts could not be told.
  private final Set<String> untold = ConcurrentHashMap.newKeySet();

  /// A user's sockets here. Changed only within the map's `compute`.
  private static final class Seats {
    private int count;

    /// Whether the count is being told: one at a time, so that an older one is never told last.
    private boolean telling;

    private @Nullable Promise<Map<String, Integer>> next;
  }

  @Inject
  UserSockets(
      Requests requests, Vertx vertx, Node node, GatewayConfig config, LimitsConfig limits) {
    this(
        requests.api(),
        vertx,
        node.incarnation(),
        limits.enabled() ? config.authority().perUser() : Integer.MAX_VALUE);
  }

  /// @param own this gateway's name, new at each start
  /// @param most how many a user may have
  UserSockets(RedisAPI redis, Vertx vertx, String own, int most) {
    this.redis = redis;
    this.vertx = vertx;
    this.own = own;
    this.most = most;
  }

  void start(@Observes StartupEvent event) {
    if (isLimited()) {
      live();
      timer = vertx.setPeriodic(RENEWED_MILLIS, _ -> live().onSuccess(_ -> tellUntold()));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    if (isLimited()) {
      vertx.cancelTimer(timer);
      redis.del(List.of(RedisNames.gatewayProcess(own)));
    }
  }

  /// Tells that this gateway lives.
  Future<?> live() {
    return redis
        .set(List.of(RedisNames.gatewayProcess(own), "1", "PX", LIVES_MILLIS))
        .onFailure(e -> LOG.debugf("event=process-not-told reason=%s", e.getMessage()));
  }

  /// What could not be told would count for good.
  private void tellUntold() {
    for (String userId : List.copyOf(untold)) {
      untold.remove(userId);
      tell(userId);
    }
  }

  /// Counts one more, if the user may have it. Completes on any thread.
  ///
  /// @return whether he may; then [#leave] is to be called once
  Future<Boolean> enter(String userId) {
    if (!isLimited()) {
      return Future.succeededFuture(true);
    }
    if (!takeHere(userId)) {
      return Future.succeededFuture(false);
    }
    return tell(userId)
        .compose(elsewhere -> isRoom(userId, elsewhere))
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(e -> {
          LOG.debugf("event=sockets-not-counted reason=%s", e.getMessage());
          return true;
        })
        .map(isRoom -> {
          if (!isRoom) {
            leave(userId);
          }
          return isRoom;
        });
  }

  void leave(String userId) {
    if (isLimited()) {
      here.computeIfPresent(
          userId,
          (_, seats) -> {
            seats.count = Math.max(0, seats.count - 1);
            return seats;
          });
      tell(userId).onFailure(e -> LOG.debugf("event=sockets-not-told reason=%s", e.getMessage()));
    }
  }

  private boolean isLimited() {
    return most < Integer.MAX_VALUE;
  }

  private boolean takeHere(String userId) {
    AtomicBoolean isTaken = new AtomicBoolean();
    here.compute(
        userId,
        (_, known) -> {
          Seats seats = known == null ? new Seats() : known;
          if (seats.count < most) {
            seats.count++;
            isTaken.set(true);
          }
          return seats;
        });
    return isTaken.get();
  }

  private int count(String userId) {
    Seats seats = here.get(userId);
    return seats == null ? 0 : seats.count;
  }

  /// Tells the count as it is then.
  ///
  /// @return what the other gateways have told
  private Future<Map<String, Integer>> tell(String userId) {
    Promise<Map<String, Integer>> told = Promise.promise();
    List<Future<Map<String, Integer>>> later = new ArrayList<>(1);
    here.computeIfPresent(
        userId,
        (_, seats) -> {
          if (!seats.telling) {
            seats.telling = true;
          } else {
            Promise<Map<String, Integer>> next = seats.next == null ? told : seats.next;
            seats.next = next;
            later.add(next.future());
          }
          return seats;
        });
    if (!later.isEmpty()) {
      return later.getFirst();
    }
    send(userId, told);
    return told.future();
  }

  private void send(String userId, Promise<Map<String, Integer>> told) {
    String count = Integer.toString(count(userId));
    redis
        .eval(List.of(COUNT, "1", RedisNames.socketCounts(userId), own, count, REMEMBERED_SECONDS))
        .map(this::elsewhere)
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .onComplete(answer -> {
          if (answer.failed()) {
            untold.add(userId);
          }
          List<Promise<Map<String, Integer>>> next = new ArrayList<>(1);
          here.computeIfPresent(userId, (_, seats) -> afterTold(seats, next));
          told.handle(answer);
          next.forEach(waiting -> send(userId, waiting));
        });
  }

  private static @Nullable Seats afterTold(Seats seats, List<Promise<Map<String, Integer>>> next) {
    if (seats.next != null) {
      next.add(seats.next);
      seats.next = null;
      return seats;
    }
    seats.telling = false;
    return seats.count == 0 ? null : seats;
  }

  private Map<String, Integer> elsewhere(Response counts) {
    Map<String, Integer> elsewhere = new HashMap<>();
    for (int i = 0; i + 1 < counts.size(); i += 2) {
      elsewhere.put(counts.get(i).toString(), counts.get(i + 1).toInteger());
    }
    elsewhere.remove(own);
    return elsewhere;
  }

  /// Whether it is not too much, also when only gateways that live count.
  private Future<Boolean> isRoom(String userId, Map<String, Integer> elsewhere) {
    if (sum(userId, elsewhere) <= most) {
      return Future.succeededFuture(true);
    }
    List<Future<Void>> looks = new ArrayList<>();
    Map<String, Integer> living = new ConcurrentHashMap<>(elsewhere);
    for (String gateway : elsewhere.keySet()) {
      looks.add(
          redis
              .exists(List.of(RedisNames.gatewayProcess(gateway)))
              .compose(found -> {
                if (found.toInteger() == 1) {
                  return Future.succeededFuture();
                }
                living.remove(gateway);
                return redis.hdel(List.of(RedisNames.socketCounts(userId), gateway)).mapEmpty();
              }));
    }
    return Future.all(looks).map(_ -> sum(userId, living) <= most);
  }

  private int sum(String userId, Map<String, Integer> elsewhere) {
    return count(userId) + elsewhere.values().stream().mapToInt(Integer::intValue).sum();
  }
}

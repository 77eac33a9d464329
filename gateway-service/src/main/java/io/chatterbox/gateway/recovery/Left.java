package io.chatterbox.gateway.recovery;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Numbers;
import io.chatterbox.gateway.fanout.Position;
import io.chatterbox.gateway.fanout.Session;
import io.chatterbox.gateway.fanout.Stay;
import io.chatterbox.gateway.fanout.Stays.Claim;
import io.chatterbox.gateway.fanout.Told;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes up sessions that gateways have left behind ([Leaving]).
@Singleton
final class Left {
  private static final Logger LOG = Logger.getLogger(Left.class);
  private static final long PATIENCE_MILLIS = 1_000;

  private final Requests redis;
  private final Json json;
  private final Hub hub;
  private final Leaving leaving;

  /// What a gateway had told.
  ///
  /// @param floor below this it does not know what that was
  /// @param last its last number
  private record Numbered(long floor, long last, Map<Key, Told.Left> byKey) implements Stay.Heard {
    @Override
    public boolean knows(Key key, long number) {
      Told.Left left = byKey.get(key);
      return number >= floor && number <= last && (left == null || number >= left.forgotten());
    }

    @Override
    public Position heard(Key key, long number, long until, Position otherwise) {
      Told.Left left = byKey.get(key);
      return left == null ? otherwise : Told.of(left.changes()).heard(number, until, otherwise);
    }
  }

  @Inject
  Left(Requests redis, Json json, Hub hub, Leaving leaving) {
    this.redis = redis;
    this.json = json;
    this.hub = hub;
    this.leaving = leaving;
  }

  /// The name under which a session is left: who reads names must not be able to take it up.
  static String hash(String pid) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(pid.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs the task on the hub when whatever this gateway has to leave is left: who is told that a
  /// session is not here looks for it then.
  void whenLeft(Runnable task) {
    leaving.done().onComplete(_ -> hub.execute(task));
  }

  /// Takes a session, once.
  ///
  /// @param found called once, on the hub
  void take(Claim claim, Consumer<Optional<Session>> found) {
    String name = RedisNames.leftSession(hash(claim.pid()));
    redis
        .send(Request.cmd(Command.GET, name))
        .compose(left -> session(left, claim))
        .compose(
            session -> session.isEmpty() ? Future.succeededFuture(session) : once(name, session))
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .otherwise(e -> {
          LOG.warnf("event=session-not-found reason=%s", e.getMessage());
          return Optional.empty();
        })
        .onComplete(done -> hub.execute(() -> found.accept(done.result())));
  }

  /// Who takes it away has it.
  private Future<Optional<Session>> once(String name, Optional<Session> session) {
    return redis
        .send(Request.cmd(Command.DEL, name))
        .map(deleted -> deleted.toInteger() == 1 ? session : Optional.empty());
  }

  private Future<Optional<Session>> session(@Nullable Response found, Claim claim) {
    if (found == null) {
      return Future.succeededFuture(Optional.empty());
    }
    LeftSession left = json.read(RawJson.of(found.toBytes()), LeftSession.class);
    Stay stay = left.stay();
    OptionalLong number =
        stay.offset().equals(claim.offset())
            ? OptionalLong.of(stay.resumedAt())
            : Numbers.parse(claim.offset(), left.gateway());
    if (!stay.isHis(claim.userId()) || number.isEmpty() || number.getAsLong() < stay.since()) {
      return Future.succeededFuture(Optional.empty());
    }
    return numbered(left).map(heard -> stay.at(number.getAsLong(), claim.offset(), heard));
  }

  private Future<Numbered> numbered(LeftSession left) {
    Map<Key, Told.Left> byKey = new HashMap<>();
    List<Future<Void>> read = new ArrayList<>();
    for (Stay.Kept kept : left.stay().kept()) {
      read.add(
          redis
              .send(
                  Request.cmd(Command.GET, RedisNames.leftNumbers(left.incarnation(), kept.key())))
              .map(bytes -> {
                if (bytes != null) {
                  Told.Left told = Told.Left.read(bytes.toBytes());
                  synchronized (byKey) {
                    byKey.put(kept.key(), told);
                  }
                }
                return null;
              }));
    }
    return Future.all(read).map(_ -> new Numbered(left.floor(), left.last(), byKey));
  }
}

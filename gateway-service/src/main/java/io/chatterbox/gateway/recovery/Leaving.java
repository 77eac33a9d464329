package io.chatterbox.gateway.recovery;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Node;
import io.chatterbox.bus.Requests;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.fanout.Hub;
import io.chatterbox.gateway.fanout.Numbers;
import io.chatterbox.gateway.fanout.Stay;
import io.chatterbox.gateway.fanout.Stays;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/// A gateway that ends leaves its sessions in Redis for whoever their clients go to: first under
/// which numbers it told the last changes of their keys, then the sessions themselves, each batch
/// when Redis has taken the one before. State only on the hub.
@Singleton
public final class Leaving {
  private static final Logger LOG = Logger.getLogger(Leaving.class);
  private static final int AT_ONCE = 200;

  private final Stays stays;
  private final Numbers numbers;
  private final Requests redis;
  private final Json json;
  private final Hub hub;
  private final Settings settings;
  private final ArrayDeque<Stay> waiting = new ArrayDeque<>();
  private final List<Promise<Void>> whenDone = new ArrayList<>();
  private boolean writing;
  private int left;

  /// What does not change.
  @Singleton
  record Settings(Node node, GatewayConfig config) {
    @Inject
    Settings {}

    String millis() {
      return Long.toString(config.recovery().keeps().toMillis());
    }
  }

  @Inject
  Leaving(Stays stays, Numbers numbers, Requests redis, Json json, Hub hub, Settings settings) {
    this.stays = stays;
    this.numbers = numbers;
    this.redis = redis;
    this.json = json;
    this.hub = hub;
    this.settings = settings;
  }

  /// From now on sessions that are cut are left in Redis.
  public void begin() {
    hub.execute(() -> stays.leaveTo(this::leave));
  }

  /// Done when all that was cut until now is left.
  public Future<Void> done() {
    Promise<Void> promise = Promise.promise();
    hub.execute(() -> {
      whenDone.add(promise);
      next();
    });
    return promise.future();
  }

  private void leave(Stay stay) {
    if (left + waiting.size() < settings.config().recovery().sessions()) {
      waiting.add(stay);
      next();
    }
  }

  private void next() {
    if (writing) {
      return;
    }
    if (waiting.isEmpty()) {
      whenDone.forEach(Promise::complete);
      whenDone.clear();
      return;
    }
    writing = true;
    List<Stay> batch = new ArrayList<>();
    while (!waiting.isEmpty() && batch.size() < AT_ONCE) {
      batch.add(waiting.remove());
    }
    long floor = numbers.floor();
    long last = numbers.last();
    Future.all(batch(batch))
        .compose(_ -> Future.all(batch.stream().map(stay -> session(stay, floor, last)).toList()))
        .onComplete(written ->
            hub.execute(() -> {
              if (written.failed()) {
                LOG.warnf("event=sessions-not-left reason=%s", written.cause().getMessage());
              } else {
                left += batch.size();
              }
              writing = false;
              next();
            }));
  }

  private List<Future<Response>> batch(List<Stay> batch) {
    Set<Key> keys = new HashSet<>();
    batch.forEach(stay -> stay.kept().forEach(kept -> keys.add(kept.key())));
    List<Future<Response>> written = new ArrayList<>();
    for (Key key : keys) {
      numbers
          .written(key, settings.config().recovery().leavesNumbers())
          .ifPresent(bytes ->
              written.add(set(RedisNames.leftNumbers(settings.node().incarnation(), key), bytes)));
    }
    return written;
  }

  private Future<Response> session(Stay stay, long floor, long last) {
    LeftSession session =
        new LeftSession(settings.node().name(), settings.node().incarnation(), floor, last, stay);
    return set(RedisNames.leftSession(Left.hash(stay.pid())), json.write(session).bytes());
  }

  private Future<Response> set(String key, byte[] value) {
    return redis.send(Request.cmd(Command.SET, key, Buffer.buffer(value), "PX", settings.millis()));
  }
}

package io.chatterbox.bus;

import io.chatterbox.bus.Tenure.Suspects;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Which partitions this replica owns: those that rendezvous hashing over the live replicas gives
/// it, as soon as nobody else has their lease. Runs on one context.
///
/// The lease is no fence: two owners at once are harmless. It keeps them from being the rule.
final class Ownership {
  private static final Logger LOG = Logger.getLogger(Ownership.class);
  private static final Script ALIVE = Script.load("alive");
  private static final Script RELEASE = Script.load("release");
  private static final int STEPS = 5;

  /// Is told of partitions that come and go, on the context.
  interface Owner {
    void began(Tenure tenure);

    /// Nothing more is begun; the lease may still be held for what is in hand.
    void ended(Tenure tenure);

    /// A lease was renewed.
    ///
    /// @param backlog entries in the partition's stream
    void renewed(Tenure tenure, long backlog);
  }

  private final Links links;
  private final Context context;
  private final Service service;
  private final String replica;
  private final BusConfig config;
  private final Owner owner;
  private final List<Partition> partitions;

  // only touched on the context
  private final Map<Partition, Tenure> tenures = new HashMap<>();
  private final Set<Partition> wanted = new HashSet<>();
  private final Set<Partition> asked = new HashSet<>();
  private final Promise<Void> drained = Promise.promise();
  private boolean isRenewing;
  private boolean isDraining;
  private long renewedAt;
  private long timer;
  private int said;

  Ownership(
      Links links,
      Context context,
      Service service,
      String replica,
      BusConfig config,
      Owner owner) {
    this.links = links;
    this.context = context;
    this.service = service;
    this.replica = replica;
    this.config = config;
    this.owner = owner;
    this.partitions =
        IntStream.range(0, Service.PARTITIONS)
            .mapToObj(index -> new Partition(service, index))
            .toList();
  }

  void start() {
    context.runOnContext(_ -> {
      renew();
      timer = links.vertx().setPeriodic(config.renewal().toMillis() / STEPS, _ -> step());
    });
  }

  /// Gives everything up, each partition after what is in hand.
  ///
  /// @return done when nothing is left; never, while Redis is away
  Future<Void> drain() {
    context.runOnContext(_ -> {
      isDraining = true;
      wanted.clear();
      List.copyOf(tenures.values()).forEach(this::close);
      links.requests().send(Request.cmd(Command.ZREM, RedisNames.replicas(service), replica));
      step();
    });
    return drained.future();
  }

  void stop() {
    context.runOnContext(_ -> {
      links.vertx().cancelTimer(timer);
      List.copyOf(tenures.values()).forEach(this::close);
    });
  }

  private void step() {
    sayIfChanged();
    List.copyOf(tenures.values()).forEach(this::releaseIfDone);
    if (isDraining && tenures.isEmpty()) {
      drained.tryComplete();
    }
    if (System.nanoTime() - renewedAt >= config.renewal().toNanos()) {
      renew();
    } else {
      List.copyOf(wanted).forEach(partition -> lease(partition, true));
    }
  }

  private void sayIfChanged() {
    int owned = (int) tenures.values().stream().filter(tenure -> !tenure.isClosed()).count();
    if (owned != said) {
      said = owned;
      LOG.infof("partitions owned service=%s count=%d", service.id(), owned);
    }
  }

  private void renew() {
    if (isRenewing) {
      return;
    }
    long askedAt = System.nanoTime();
    renewedAt = askedAt;
    if (isDraining) {
      tenures.keySet().forEach(partition -> lease(partition, false));
      return;
    }
    isRenewing = true;
    Future<Response> alive =
        ALIVE.run(
            links.requests(),
            List.of(RedisNames.replicas(service)),
            List.of(replica, config.lease().toMillis()));
    onContext(
        alive,
        answer -> {
          isRenewing = false;
          if (answer.failed()) {
            // with the next step; of several masters it may be another that is away
            renewedAt = askedAt - config.renewal().toNanos();
            tenures.forEach((partition, tenure) -> lease(partition, !tenure.isClosed()));
          } else if (!isDraining) {
            renew(answer.result().stream().map(Response::toString).toList());
          }
        });
  }

  private void renew(List<String> replicas) {
    for (Partition partition : partitions) {
      boolean isOurs = Rendezvous.owner(partition, replicas).equals(replica);
      Tenure tenure = tenures.get(partition);
      if (tenure == null) {
        if (isOurs) {
          wanted.add(partition);
          lease(partition, true);
        } else {
          wanted.remove(partition);
        }
      } else {
        if (!isOurs) {
          close(tenure);
        }
        lease(partition, !tenure.isClosed());
      }
    }
  }

  private void lease(Partition partition, boolean take) {
    if (!asked.add(partition)) {
      return;
    }
    Router redis = links.requests();
    onContext(
        Grant.ask(redis, partition, replica, config.lease(), take),
        answer -> {
          if (answer.failed()) {
            asked.remove(partition);
            return;
          }
          Grant grant = answer.result();
          if (grant.isAnothers() || (tenures.containsKey(partition) && !grant.isTaken())) {
            asked.remove(partition);
            leased(partition, grant);
            return;
          }
          // only now, when nobody else writes it any more
          onContext(
              redis.send(Request.cmd(Command.GET, partition.begun())),
              note -> {
                asked.remove(partition);
                if (note.succeeded()) {
                  begin(partition, grant, String.valueOf(note.result()));
                }
              });
        });
  }

  /// A lease is still this replica's, or is not.
  private void leased(Partition partition, Grant grant) {
    Tenure tenure = tenures.get(partition);
    if (tenure == null) {
      return;
    }
    if (grant.isAnothers()) {
      close(tenure);
      tenures.remove(partition);
      return;
    }
    tenure.renewed(grant.until());
    tenure.clock().heard(grant.timeMillis(), grant.askedAt());
    onContext(
        links.requests().send(Request.cmd(Command.XLEN, partition.commands())),
        backlog -> {
          if (backlog.succeeded() && tenures.get(partition) == tenure) {
            owner.renewed(tenure, backlog.result().toLong());
          }
        });
  }

  private void begin(Partition partition, Grant grant, String note) {
    Tenure before = tenures.get(partition);
    if (before != null) {
      close(before);
      tenures.remove(partition);
    }
    if (!wanted.remove(partition) && before == null) {
      release(partition);
      return;
    }
    Tenure fresh = new Tenure(partition, grant.until(), suspects(note));
    fresh.clock().heard(grant.timeMillis(), grant.askedAt());
    tenures.put(partition, fresh);
    owner.began(fresh);
  }

  private void close(Tenure tenure) {
    if (!tenure.isClosed()) {
      tenure.close();
      owner.ended(tenure);
    }
  }

  private void releaseIfDone(Tenure tenure) {
    if (tenure.isClosed() && tenure.isIdle() && !asked.contains(tenure.partition())) {
      release(tenure.partition());
    }
  }

  private void release(Partition partition) {
    asked.add(partition);
    onContext(
        RELEASE.run(links.requests(), List.of(partition.owner()), List.of(replica)),
        answer -> {
          asked.remove(partition);
          if (answer.succeeded()) {
            tenures.remove(partition);
          }
        });
  }

  private @Nullable Suspects suspects(String note) {
    String[] parts = note.split(" ", -1);
    if (parts.length != 3 || parts[0].equals(replica)) {
      // nobody's, or what this process has in hand by itself
      return null;
    }
    return new Suspects(StreamId.parse(parts[1]), StreamId.parse(parts[2]));
  }

  private <T> void onContext(Future<T> future, Handler<AsyncResult<T>> handler) {
    future.onComplete(result -> context.runOnContext(_ -> handler.handle(result)));
  }
}

package io.chatterbox.bus;

import io.chatterbox.bus.Topology.Redirection;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.RequestImpl;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Sends each request over the shared link to the master of its key.
///
/// A request that is refused because its slot is elsewhere, or on its way, was not carried out: it
/// is sent where it belongs. Requests of one thread and one slot are carried out in their order,
/// but for those that the move of a slot overtakes.
final class Router implements Topology.Listener {
  private static final int MOST_REDIRECTIONS = 8;
  private static final long AGAIN_MILLIS = 25;

  private final Links links;
  private final Topology topology;
  private final Function<Address, Link.Listener> watch;
  private final Map<Address, Link> byMaster = new ConcurrentHashMap<>();

  /// One request on its way.
  private record Errand(Request request, int slot, long deadline, int redirections) {
    Errand redirected() {
      return new Errand(request, slot, deadline, redirections + 1);
    }

    Errand anew() {
      return new Errand(request, slot, deadline, 0);
    }

    boolean isOver() {
      return redirections >= MOST_REDIRECTIONS || isLate();
    }

    boolean isLate() {
      return System.nanoTime() - deadline >= 0;
    }
  }

  /// @param watch hears what happens to each link
  Router(Links links, Topology topology, Function<Address, Link.Listener> watch) {
    this.links = links;
    this.topology = topology;
    this.watch = watch;
    topology.listen(this);
    looked();
  }

  /// Sends a request.
  ///
  /// @return Redis's answer; or failed with Redis's refusal, or with [RedisAwayException]
  Future<Response> send(Request request) {
    int slot = topology.isCluster() ? slotOf(request) : 0;
    long deadline = System.nanoTime() + links.patience().toNanos();
    return send(new Errand(request, slot, deadline, 0));
  }

  /// Publishes on a channel.
  Future<Response> publish(String channel, Object message) {
    return send(Request.cmd(publishing(), channel, message));
  }

  /// What a script publishes with: in a cluster only those hear it who listen at the channel's own
  /// master.
  Command publishing() {
    return topology.isCluster() ? Command.SPUBLISH : Command.PUBLISH;
  }

  /// Whether requests of one thread are carried out in their order, whatever their keys.
  boolean isOneLink() {
    return !topology.isCluster();
  }

  /// Whether all masters are connected; one may be lost with the next request.
  boolean isUp() {
    int known = topology.masters().all().size();
    return known > 0 && connected() == known;
  }

  /// How many masters are connected.
  int connected() {
    return (int)
        topology.masters().all().stream()
            .filter(master -> {
              Link link = byMaster.get(master);
              return link != null && link.isUp();
            })
            .count();
  }

  @Override
  public void looked() {
    Masters masters = topology.masters();
    masters.all().forEach(this::linkTo);
    byMaster.forEach((address, link) -> {
      if (!masters.all().contains(address) && link.isIdle()) {
        byMaster.remove(address, link);
        links.close(link);
      }
    });
  }

  private Link linkTo(Address address) {
    return byMaster.computeIfAbsent(
        address,
        to -> {
          Link link = links.open(links.context(), to, new Doubting(watch.apply(to)));
          link.start();
          return link;
        });
  }

  private Future<Response> send(Errand errand) {
    Optional<Address> master = topology.masterOf(errand.slot());
    if (master.isEmpty()) {
      topology.doubt();
      return Future.failedFuture(RedisAwayException.notSent("the master is not known"));
    }
    return send(errand, master.get(), false);
  }

  private Future<Response> send(Errand errand, Address to, boolean asking) {
    Link link = linkTo(to);
    return link.send(errand.request(), links.patience(), asking)
        .recover(e ->
            e instanceof ErrorType refusal
                ? refused(errand, to, link, refusal)
                : Future.failedFuture(e));
  }

  private Future<Response> refused(Errand errand, Address from, Link link, ErrorType refusal) {
    if (!topology.learn(refusal, from)) {
      return Future.failedFuture(refusal);
    }
    if (refusal.is("READONLY")) {
      // it was the master; the name may lead to another by now
      link.reset("no longer the master");
    }
    if (Redirection.isOne(refusal) && !errand.isOver()) {
      Redirection redirection = Redirection.of(refusal, from);
      return send(errand.redirected(), redirection.to(), !redirection.isMoved());
    }
    if (refusal.is("TRYAGAIN") && !errand.isLate()) {
      return later(errand);
    }
    boolean isMoving = Redirection.isOne(refusal) || refusal.is("TRYAGAIN");
    return Future.failedFuture(
        RedisAwayException.notSent(isMoving ? "the key is being moved" : refusal.toString()));
  }

  /// Some of the keys that it names are on the slot's old master and some on the new one.
  private Future<Response> later(Errand errand) {
    Promise<Response> promise = Promise.promise();
    links.vertx().setTimer(AGAIN_MILLIS, _ -> send(errand.anew()).onComplete(promise));
    return promise.future();
  }

  private static int slotOf(Request request) {
    List<byte[]> keys = ((RequestImpl) request).keys();
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no key says where this belongs: " + request.command());
    }
    int slot = HashSlot.of(keys.getFirst());
    for (byte[] key : keys) {
      if (HashSlot.of(key) != slot) {
        throw new IllegalArgumentException("keys of several slots: " + request.command());
      }
    }
    return slot;
  }

  /// A lost link may mean that the master is another one now.
  private final class Doubting implements Link.Listener {
    private final Link.Listener watch;

    Doubting(Link.Listener watch) {
      this.watch = watch;
    }

    @Override
    public void up() {
      watch.up();
    }

    @Override
    public void down(String reason) {
      watch.down(reason);
      topology.doubt();
    }

    @Override
    public void answered(long nanos, boolean isAnswer) {
      watch.answered(nanos, isAnswer);
    }
  }
}

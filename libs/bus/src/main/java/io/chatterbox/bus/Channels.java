package io.chatterbox.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/// Listens to pub/sub channels over one plain connection to each master, which comes back after a
/// loss with everything that was subscribed. A channel that moves to another master is heard there.
///
/// Messages are handed over on one event loop context, for each channel in the order published.
/// What is published while a link is down, or a channel moves, is lost: see [#onRestored].
@Singleton
public final class Channels {
  private static final Logger LOG = Logger.getLogger(Channels.class);
  private static final long PROBE_MILLIS = 1_000;

  private final Context context;
  private final Links links;
  private final Topology topology;
  private final long patienceNanos;
  private final List<Runnable> restoredListeners = new CopyOnWriteArrayList<>();
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final Map<Address, Ear> ears = new ConcurrentHashMap<>();

  // only touched on the context
  private Masters followed = Masters.NONE;
  private boolean someAreLoose;

  @Inject
  Channels(Links links, BusConfig config) {
    this.links = links;
    this.context = links.context();
    this.topology = links.topology();
    this.patienceNanos = config.requestTimeout().toNanos();
    topology.listen(() -> context.runOnContext(_ -> follow()));
    context.runOnContext(_ -> {
      follow();
      links.vertx().setPeriodic(PROBE_MILLIS, _ -> check());
    });
  }

  /// Adds a handler to a channel.
  ///
  /// @return done when Redis has confirmed the subscription, so that whatever is published from
  ///   then on is heard. Fails when that takes too long; the handler stays, and hears from when
  ///   Redis is back. Who does not want to wait for that takes it away again.
  public Future<Void> subscribe(String channel, Handler<Buffer> handler) {
    Promise<Void> confirmed = Promise.promise();
    context.runOnContext(_ -> {
      Subscription subscription =
          subscriptions.computeIfAbsent(channel, _ -> new Subscription(HashSlot.of(channel)));
      subscription.handlers().add(handler);
      Ear ear = subscription.ear();
      if (ear == null) {
        place(channel, subscription);
      } else if (!subscription.isAsked()) {
        ear.ask(channel);
      }
      subscription.await(confirmed, System.nanoTime() + patienceNanos);
    });
    return confirmed.future();
  }

  /// Takes a handler away; it may still hear a message that is on its way.
  public void unsubscribe(String channel, Handler<Buffer> handler) {
    context.runOnContext(_ -> {
      Subscription subscription = subscriptions.get(channel);
      if (subscription != null
          && subscription.handlers().remove(handler)
          && subscription.handlers().isEmpty()) {
        subscription.abandon();
        Ear ear = subscription.ear();
        if (ear == null) {
          drop(channel);
        } else {
          ear.forget(channel, subscription);
        }
      }
    });
  }

  /// Calls back whenever something was not heard for a while and is again: what was published in
  /// between is lost.
  public void onRestored(Runnable listener) {
    restoredListeners.add(listener);
  }

  /// Whether everything that was subscribed is heard, as far as is known.
  boolean isWhole() {
    return !ears.isEmpty() && ears.values().stream().allMatch(Ear::isWhole);
  }

  /// Whether a channel is heard, as far as is known.
  boolean hears(String channel) {
    Subscription subscription = subscriptions.get(channel);
    return subscription != null && subscription.isHeard();
  }

  // ---- for ears, on the context

  /// Nobody wants a channel any more, and nothing is to come for it.
  void drop(String channel) {
    Subscription subscription = subscriptions.remove(channel);
    Ear ear = subscription == null ? null : subscription.ear();
    if (ear != null) {
      ear.remove(channel);
    }
  }

  /// A channel is not heard where it was, and is to be asked for again.
  void isLoose() {
    someAreLoose = true;
  }

  void restored() {
    restoredListeners.forEach(Channels::guarded);
  }

  static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a listener failed", e);
    }
  }

  // ---- where channels are

  /// Listens to each channel where it is now.
  private void follow() {
    Masters masters = topology.masters();
    if (!someAreLoose && masters.isSameAs(followed)) {
      return;
    }
    someAreLoose = false;
    masters.all().forEach(this::earAt);
    followed = masters;
    subscriptions.forEach(this::place);
    ears.forEach((master, ear) -> {
      if (!masters.all().contains(master) && ear.hasNothing()) {
        ears.remove(master);
        links.close(ear.link());
      }
    });
  }

  private void place(String channel, Subscription subscription) {
    Ear before = subscription.ear();
    Ear now = topology.masterOf(subscription.slot()).map(this::earAt).orElse(before);
    if (now == null) {
      return;
    }
    if (now == before) {
      if (!subscription.isAsked() && !subscription.handlers().isEmpty()) {
        now.ask(channel);
      }
      return;
    }
    boolean wasHeard = subscription.wasEverHeard();
    subscription.reset();
    subscription.moveTo(now);
    if (before != null) {
      before.remove(channel);
    }
    if (subscription.handlers().isEmpty()) {
      subscriptions.remove(channel);
    } else {
      now.add(channel, subscription, wasHeard);
    }
  }

  private Ear earAt(Address master) {
    boolean isFirst = followed.all().isEmpty();
    return ears.computeIfAbsent(master, to -> new Ear(this, links, context, to, !isFirst));
  }

  private void check() {
    long now = System.nanoTime();
    subscriptions.values().forEach(subscription -> subscription.expire(now));
    ears.values().forEach(ear -> ear.probe(now, patienceNanos));
  }
}

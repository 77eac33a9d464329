package io.chatterbox.bus;

import io.chatterbox.contract.RedisNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/// Listens to pub/sub channels over one plain connection, which comes back after a loss with
/// everything that was subscribed.
///
/// Messages are handed over on one event loop context, for each channel in the order published.
/// What is published while the link is down is lost: see [#onRestored].
@Singleton
public final class Channels {
  private static final Logger LOG = Logger.getLogger(Channels.class);
  private static final long PROBE_MILLIS = 1_000;
  private static final int MOST_AT_ONCE = 500;

  private final Context context;
  private final Link link;
  private final long patienceNanos;
  private final String probe;
  private final List<Runnable> restoredListeners = new CopyOnWriteArrayList<>();
  private volatile boolean whole;

  // only touched on the context
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private final Set<String> due = new LinkedHashSet<>();
  private final Set<String> restoring = new LinkedHashSet<>();
  private boolean wasUp;
  private long lastHeard;

  @Inject
  Channels(Links links, Node node, BusConfig config) {
    this.context = links.context();
    this.patienceNanos = config.requestTimeout().toNanos();
    this.probe = RedisNames.probe(node.incarnation());
    this.link = links.open(context, new Ears());
    link.start();
    context.runOnContext(_ -> links.vertx().setPeriodic(PROBE_MILLIS, _ -> check()));
  }

  /// Adds a handler to a channel.
  ///
  /// @return done when Redis has confirmed the subscription, so that whatever is published from
  ///   then on is heard. Fails when that takes too long; the handler stays, and hears from when
  ///   Redis is back. Who does not want to wait for that takes it away again.
  public Future<Void> subscribe(String channel, Handler<Buffer> handler) {
    Promise<Void> confirmed = Promise.promise();
    context.runOnContext(_ -> {
      Subscription subscription = subscriptions.computeIfAbsent(channel, _ -> new Subscription());
      subscription.handlers().add(handler);
      if (!subscription.isAsked()) {
        ask(channel);
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
        forget(channel, subscription);
      }
    });
  }

  /// Calls back whenever the link was lost and everything is subscribed again: what was published
  /// in between was not heard.
  public void onRestored(Runnable listener) {
    restoredListeners.add(listener);
  }

  /// Whether everything that was subscribed is heard, as far as is known.
  boolean isWhole() {
    return whole;
  }

  private void ask(String channel) {
    if (due.isEmpty()) {
      // all that is subscribed in this turn goes out in one request
      context.runOnContext(_ -> askDue());
    }
    due.add(channel);
  }

  private void askDue() {
    List<String> channels = new ArrayList<>(MOST_AT_ONCE);
    for (String channel : due) {
      Subscription subscription = subscriptions.get(channel);
      if (subscription != null && link.isUp()) {
        subscription.asked();
        channels.add(channel);
      }
      if (channels.size() == MOST_AT_ONCE) {
        sendSubscribe(channels);
        channels.clear();
      }
    }
    due.clear();
    sendSubscribe(channels);
  }

  private void sendSubscribe(List<String> channels) {
    if (!channels.isEmpty()) {
      link.sendUnanswered(Request.cmd(Command.SUBSCRIBE, channels.toArray()));
    }
  }

  private void forget(String channel, Subscription subscription) {
    subscription.abandon();
    if (!link.isUp()) {
      subscriptions.remove(channel);
      return;
    }
    if (!due.remove(channel)) {
      subscription.unasked();
      link.sendUnanswered(Request.cmd(Command.UNSUBSCRIBE, channel));
    }
    removeIfSettled(channel, subscription);
    restored(channel);
  }

  private void removeIfSettled(String channel, Subscription subscription) {
    // while confirmations are on their way they have to be counted
    if (subscription.handlers().isEmpty() && subscription.isSettled()) {
      subscriptions.remove(channel);
    }
  }

  private void restored(String channel) {
    if (restoring.remove(channel) && restoring.isEmpty()) {
      nowWhole();
    }
  }

  private void nowWhole() {
    whole = true;
    if (wasUp) {
      LOG.infof("channels restored count=%d", subscriptions.size());
      for (Runnable listener : restoredListeners) {
        guarded(listener);
      }
    }
    wasUp = true;
  }

  private void check() {
    long now = System.nanoTime();
    subscriptions.values().forEach(subscription -> subscription.expire(now));
    if (!link.isUp()) {
      return;
    }
    if (now - lastHeard > 2 * patienceNanos) {
      link.reset("the subscriber hears nothing");
    } else {
      // the one request that is answered in pub/sub mode without being taken for an answer
      link.sendUnanswered(Request.cmd(Command.SUBSCRIBE, probe));
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a listener failed", e);
    }
  }

  private final class Ears implements Link.Listener {
    private final Links.Watch watch = new Links.Watch("subscriber");

    @Override
    public void up() {
      watch.up();
      lastHeard = System.nanoTime();
      due.clear();
      restoring.clear();
      subscriptions.values().removeIf(subscription -> subscription.handlers().isEmpty());
      subscriptions.values().forEach(Subscription::reset);
      restoring.addAll(subscriptions.keySet());
      due.addAll(restoring);
      askDue();
      if (restoring.isEmpty()) {
        nowWhole();
      }
    }

    @Override
    public void down(String reason) {
      watch.down(reason);
      whole = false;
    }

    @Override
    public void pushed(Response message) {
      lastHeard = System.nanoTime();
      if (message instanceof Throwable refusal) {
        // not allowed to subscribe, or no pub/sub here: not by this link, and not now
        link.reset(String.valueOf(refusal.getMessage()));
        return;
      }
      String kind = message.get(0).toString();
      String channel = message.get(1).toString();
      Subscription subscription = subscriptions.get(channel);
      if (subscription == null) {
        return;
      }
      if (kind.equals("message")) {
        Buffer body = message.get(2).toBuffer();
        for (Handler<Buffer> handler : List.copyOf(subscription.handlers())) {
          guarded(() -> handler.handle(body));
        }
      } else if (kind.equals("subscribe")) {
        subscription.confirmed();
        restored(channel);
        removeIfSettled(channel, subscription);
      }
    }
  }
}

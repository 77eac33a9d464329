package io.chatterbox.bus;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/// The subscriber's link to one master: which channels are heard there. Used on one context.
final class Ear implements Link.Listener {
  private static final Logger LOG = Logger.getLogger(Ear.class);
  private static final int MOST_AT_ONCE = 500;

  private final Channels channels;
  private final Context context;
  private final Topology topology;
  private final Address master;
  private final Link link;
  private final Links.Watch watch;
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private final Set<String> due = new LinkedHashSet<>();

  /// What was heard once, here or at another master, and is not heard again yet.
  private final Set<String> missing = new LinkedHashSet<>();

  private boolean hasMissed;
  private boolean wasUp;
  private boolean isWhole;
  // when something was asked for to which nothing was heard yet; 0 for never
  private long unheardSince;

  /// @param isLate whether something may have been missed before
  Ear(Channels channels, Links links, Context context, Address master, boolean isLate) {
    this.channels = channels;
    this.context = context;
    this.topology = links.topology();
    this.master = master;
    this.hasMissed = isLate;
    this.watch = new Links.Watch("subscriber", master);
    this.link = links.open(context, master, this);
    link.start();
  }

  Link link() {
    return link;
  }

  boolean hasNothing() {
    return subscriptions.isEmpty();
  }

  /// Whether everything that was heard once is heard.
  boolean isWhole() {
    return isWhole;
  }

  /// Takes a channel over; it is asked for as soon as the link is up.
  ///
  /// @param wasHeard whether it was heard elsewhere, so that something may be missed meanwhile
  void add(String channel, Subscription subscription, boolean wasHeard) {
    subscriptions.put(channel, subscription);
    if (wasHeard) {
      miss(channel);
    }
    ask(channel);
  }

  /// Gives a channel up that another master has now.
  void remove(String channel) {
    subscriptions.remove(channel);
    due.remove(channel);
    found(channel);
  }

  /// Asks for a channel, with all others of this turn.
  void ask(String channel) {
    if (link.isUp()) {
      if (due.isEmpty()) {
        context.runOnContext(_ -> askDue());
      }
      due.add(channel);
    }
  }

  /// Nobody wants a channel any more.
  void forget(String channel, Subscription subscription) {
    if (!link.isUp()) {
      channels.drop(channel);
      return;
    }
    if (!due.remove(channel) && subscription.isAsked()) {
      subscription.unasked();
      link.sendUnanswered(
          Request.cmd(topology.isCluster() ? Command.SUNSUBSCRIBE : Command.UNSUBSCRIBE, channel));
    }
    dropIfSettled(channel, subscription);
    found(channel);
  }

  /// Asks for something that is heard already: the one request that shows, without being taken for
  /// an answer in pub/sub mode, whether somebody listens.
  void probe(long now, long patienceNanos) {
    if (!link.isUp()) {
      return;
    }
    if (unheardSince != 0) {
      if (now - unheardSince > patienceNanos) {
        link.reset("the subscriber hears nothing");
      }
      return;
    }
    for (Map.Entry<String, Subscription> each : subscriptions.entrySet()) {
      if (each.getValue().isAsked()) {
        each.getValue().asked();
        unheardSince = now;
        subscribe(List.of(each.getKey()));
        return;
      }
    }
  }

  @Override
  public void up() {
    watch.up();
    unheardSince = 0;
    hasMissed |= wasUp;
    wasUp = true;
    due.clear();
    missing.clear();
    missing.addAll(subscriptions.keySet());
    for (Map.Entry<String, Subscription> each : Map.copyOf(subscriptions).entrySet()) {
      if (each.getValue().handlers().isEmpty()) {
        channels.drop(each.getKey());
      } else {
        each.getValue().reset();
      }
    }
    due.addAll(missing);
    askDue();
    wholeIfNothingIsMissing();
  }

  @Override
  public void down(String reason) {
    watch.down(reason);
    isWhole = false;
    subscriptions.values().forEach(Subscription::reset);
    topology.doubt();
  }

  @Override
  public void pushed(Response message) {
    unheardSince = 0;
    if (message instanceof ErrorType refusal) {
      refused(refusal);
      return;
    }
    String channel = message.get(1).toString();
    Subscription subscription = subscriptions.get(channel);
    if (subscription == null) {
      return;
    }
    switch (message.get(0).toString()) {
      case "message", "smessage" -> {
        Buffer body = message.get(2).toBuffer();
        for (Handler<Buffer> handler : List.copyOf(subscription.handlers())) {
          Channels.guarded(() -> handler.handle(body));
        }
      }
      case "subscribe", "ssubscribe" -> {
        subscription.confirmed();
        found(channel);
        dropIfSettled(channel, subscription);
      }
      case "unsubscribe", "sunsubscribe" -> {
        if (subscription.wasUnasked()) {
          dropIfSettled(channel, subscription);
        } else {
          // the slot has gone to another master
          LOG.debugf("channel gone at=%s slot=%d", master, subscription.slot());
          loose(channel, subscription);
          topology.doubt();
        }
      }
      default -> LOG.warnf("not understood kind=%s", message.get(0));
    }
  }

  /// A refusal does not say which channels it is about, but those that were asked for and are not
  /// confirmed.
  private void refused(ErrorType refusal) {
    boolean isSentElsewhere = Topology.Redirection.isOne(refusal);
    if (!isSentElsewhere && !refusal.is("CLUSTERDOWN")) {
      // not allowed to subscribe, or no pub/sub here: not by this link, and not now
      link.reset(String.valueOf(refusal.getMessage()));
      return;
    }
    int slot = isSentElsewhere ? Topology.Redirection.of(refusal, master).slot() : -1;
    subscriptions.forEach((channel, subscription) -> {
      if (!subscription.isConfirmed() && (slot < 0 || subscription.slot() == slot)) {
        loose(channel, subscription);
      }
    });
    topology.learn(refusal, master);
  }

  /// A channel is not heard here any more. It is asked for again when it is known where.
  private void loose(String channel, Subscription subscription) {
    if (subscription.wasEverHeard()) {
      miss(channel);
    }
    subscription.reset();
    channels.isLoose();
  }

  private void miss(String channel) {
    missing.add(channel);
    hasMissed = true;
    isWhole = false;
  }

  private void found(String channel) {
    missing.remove(channel);
    wholeIfNothingIsMissing();
  }

  private void wholeIfNothingIsMissing() {
    if (missing.isEmpty() && !isWhole && link.isUp()) {
      isWhole = true;
      if (hasMissed) {
        hasMissed = false;
        LOG.infof("channels restored at=%s count=%d", master, subscriptions.size());
        channels.restored();
      }
    }
  }

  private void dropIfSettled(String channel, Subscription subscription) {
    // while confirmations are on their way they have to be counted
    if (subscription.handlers().isEmpty() && subscription.isSettled()) {
      channels.drop(channel);
    }
  }

  private void askDue() {
    Map<Integer, List<String>> bySlot = new HashMap<>();
    for (String channel : due) {
      Subscription subscription = subscriptions.get(channel);
      if (subscription != null && link.isUp()) {
        subscription.asked();
        // in a cluster a request must not name several slots
        bySlot
            .computeIfAbsent(topology.isCluster() ? subscription.slot() : 0, _ -> new ArrayList<>())
            .add(channel);
      }
    }
    due.clear();
    for (List<String> some : bySlot.values()) {
      for (int from = 0; from < some.size(); from += MOST_AT_ONCE) {
        subscribe(some.subList(from, Math.min(from + MOST_AT_ONCE, some.size())));
      }
    }
  }

  private void subscribe(Collection<String> some) {
    link.sendUnanswered(
        Request.cmd(topology.isCluster() ? Command.SSUBSCRIBE : Command.SUBSCRIBE, some.toArray()));
  }
}

package io.chatterbox.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/// What is known about where the masters are. Looked up at the start, every few seconds, and when
/// somebody found that it is not right. Safe for all threads.
final class Topology {
  private static final Logger LOG = Logger.getLogger(Topology.class);
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final long SOON_MILLIS = 50;
  private static final long LATER_MILLIS = 500;

  /// Is told, on any thread, and does not block.
  interface Listener {
    /// It was looked up; something may have changed.
    void looked();

    /// Keys of a slot are on their way to another master.
    default void moving(int slot) {}
  }

  private final Context context;
  private final Lookup lookup;
  private final boolean isFixed;
  private final boolean isCluster;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile Masters masters = Masters.NONE;

  // only touched on the context
  private boolean looking;
  private boolean again;
  private boolean failed;
  private boolean closed;

  Topology(Context context, Access access) {
    this.context = context;
    this.lookup = Lookup.of(access);
    this.isFixed = access.type() == RedisClientType.STANDALONE;
    this.isCluster = access.type() == RedisClientType.CLUSTER;
    if (isFixed) {
      masters = Masters.one(access.seeds().getFirst());
    } else {
      context.runOnContext(_ -> {
        look();
        vertx().setPeriodic(EVERY.toMillis(), timer -> lookAgain(timer));
      });
    }
  }

  /// Whether there are several masters, each with some of the slots.
  boolean isCluster() {
    return isCluster;
  }

  Optional<Address> masterOf(int slot) {
    return masters.of(slot);
  }

  Masters masters() {
    return masters;
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  void unlisten(Listener listener) {
    listeners.remove(listener);
  }

  /// What is known does not seem to be right: it is looked up soon.
  void doubt() {
    if (!isFixed) {
      context.runOnContext(_ -> lookSoon());
    }
  }

  /// A node said where a slot is.
  void moved(int slot, Address to) {
    synchronized (this) {
      if (masters.of(slot).filter(to::equals).isEmpty()) {
        masters = masters.with(slot, to);
      }
    }
    tell();
    doubt();
  }

  /// A node said that a key of a slot that it still has is elsewhere already.
  void moving(int slot) {
    for (Listener listener : listeners) {
      listener.moving(slot);
    }
    doubt();
  }

  /// Takes from a refusal what it says about the topology.
  ///
  /// @param from who refused
  /// @return whether another process might not refuse, or this one later
  boolean learn(ErrorType refusal, Address from) {
    if (Redirection.isOne(refusal)) {
      Redirection redirection = Redirection.of(refusal, from);
      if (redirection.isMoved()) {
        moved(redirection.slot(), redirection.to());
      } else {
        moving(redirection.slot());
      }
      return true;
    }
    if (refusal.is("TRYAGAIN")) {
      return true;
    }
    boolean isPassing =
        refusal.is("CLUSTERDOWN")
            || refusal.is("READONLY")
            || refusal.is("MASTERDOWN")
            || refusal.is("LOADING")
            || refusal.is("UNBLOCKED");
    if (isPassing) {
      doubt();
    }
    return isPassing;
  }

  void close() {
    context.runOnContext(_ -> closed = true);
    listeners.clear();
  }

  private void lookAgain(long timer) {
    if (closed) {
      vertx().cancelTimer(timer);
    } else {
      look();
    }
  }

  private void lookSoon() {
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    vertx()
        .setTimer(
            SOON_MILLIS,
            _ -> {
              looking = false;
              look();
            });
  }

  private void look() {
    if (closed || looking) {
      return;
    }
    looking = true;
    again = false;
    lookup
        .look()
        .onComplete(found ->
            context.runOnContext(_ -> {
              looking = false;
              if (found.succeeded()) {
                take(found.result());
              } else {
                notFound(found.cause());
              }
              if (again) {
                lookSoon();
              }
            }));
  }

  private void take(Masters found) {
    failed = false;
    Masters before;
    synchronized (this) {
      before = masters;
      masters = found;
    }
    if (!before.isSameAs(found)) {
      LOG.infof("redis masters known count=%d at=%s", found.all().size(), found.all());
    }
    tell();
  }

  private void notFound(Throwable e) {
    if (!failed) {
      failed = true;
      LOG.warnf("redis masters not found reason=%s", e.getMessage());
    }
    vertx().setTimer(LATER_MILLIS, _ -> look());
  }

  private void tell() {
    for (Listener listener : listeners) {
      listener.looked();
    }
  }

  private Vertx vertx() {
    return context.owner();
  }

  /// Where a node sends somebody: `MOVED <slot> <host>:<port>`, for good; `ASK …`, for one request.
  record Redirection(boolean isMoved, int slot, Address to) {

    static boolean isOne(ErrorType refusal) {
      return refusal.is("MOVED") || refusal.is("ASK");
    }

    /// @param from who said it; a node that does not know its own name leaves the host out
    static Redirection of(ErrorType refusal, Address from) {
      String[] words = refusal.toString().split(" ", -1);
      Address to = Address.parse(words[2]);
      return new Redirection(
          refusal.is("MOVED"),
          Integer.parseInt(words[1]),
          to.host().isEmpty() ? new Address(from.host(), to.port()) : to);
    }
  }
}

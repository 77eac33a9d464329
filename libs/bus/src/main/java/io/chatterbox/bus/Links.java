package io.chatterbox.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Opens this process's links to Redis: for each master one that everybody shares for requests that
/// are answered at once, and one of its own for each subscriber and each blocking read.
@Singleton
final class Links {
  private static final Logger LOG = Logger.getLogger(Links.class);

  /// Requests of one link that wait for an answer; more are refused.
  static final int MOST_WAITING = 16_384;

  private final Vertx vertx;
  private final Access access;
  private final Duration patience;
  private final Topology topology;
  private final Queue<Link> opened = new ConcurrentLinkedQueue<>();
  private final Router requests;

  /// Takes the settings of the application's default Redis client.
  ///
  /// @param unusedClient that client; asked for so that it is made, and its settings with it
  @Inject
  Links(
      Vertx vertx,
      RedisSettings settings,
      BusConfig config,
      MeterRegistry meters,
      Redis unusedClient) {
    this(vertx, settings.options(), config, meters);
  }

  Links(Vertx vertx, RedisOptions settings, BusConfig config, MeterRegistry meters) {
    this.vertx = vertx;
    this.patience = config.requestTimeout();
    this.access = new Access(vertx, settings, patience);
    this.topology = new Topology(context(), access);
    this.requests = new Router(this, topology, master -> new RequestsWatch(meters, master));
  }

  /// The shared links. No blocking command and no subscription goes over them.
  Router requests() {
    return requests;
  }

  Topology topology() {
    return topology;
  }

  /// A link of its own to a Redis process, to be started by whoever asked.
  Link open(Context context, Address address, Link.Listener listener) {
    Link link = new Link(context, access.at(address), patience, listener);
    opened.add(link);
    return link;
  }

  /// Closes a link that [#open] gave.
  void close(Link link) {
    opened.remove(link);
    link.close();
  }

  /// A new event loop context, whatever thread asks.
  Context context() {
    // getOrCreateContext would give the context of a request that happens to run
    return ((VertxInternal) vertx).createEventLoopContext();
  }

  /// How long Redis may take for a request.
  Duration patience() {
    return patience;
  }

  Vertx vertx() {
    return vertx;
  }

  @PreDestroy
  void close() {
    topology.close();
    opened.forEach(Link::close);
    opened.clear();
  }

  /// Says what becomes of a link.
  ///
  /// @param name as it stands in the log
  record Watch(String name, Address to) implements Link.Listener {
    @Override
    public void up() {
      LOG.infof("redis link up link=%s to=%s", name, to);
    }

    @Override
    public void down(String reason) {
      LOG.warnf("redis link down link=%s to=%s reason=%s", name, to, reason);
    }
  }

  /// Measures the link that everybody shares.
  private static final class RequestsWatch implements Link.Listener {
    private final Link.Listener watch;
    private final Timer answered;
    private final Timer failed;
    private final Counter losses;

    RequestsWatch(MeterRegistry meters, Address master) {
      watch = new Watch("requests", master);
      answered = timer(meters, "answered");
      failed = timer(meters, "failed");
      losses = meters.counter("chatterbox.bus.redis.losses");
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
      return Timer.builder("chatterbox.bus.redis.requests")
          .tag("outcome", outcome)
          .register(meters);
    }

    @Override
    public void up() {
      watch.up();
    }

    @Override
    public void down(String reason) {
      losses.increment();
      watch.down(reason);
    }

    @Override
    public void answered(long nanos, boolean isAnswer) {
      (isAnswer ? answered : failed).record(nanos, TimeUnit.NANOSECONDS);
    }
  }
}

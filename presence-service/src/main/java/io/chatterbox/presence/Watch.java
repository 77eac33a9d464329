package io.chatterbox.presence;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.Steady;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Service;
import io.chatterbox.presence.live.LiveState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/// Does in time what nobody reports: people who stay away, gateways that die. Any replica may do it
/// for any partition: the scripts do each thing once. After Redis came back, gateways have some
/// time to renew their leases before they are taken for dead.
@Singleton
class Watch {
  private static final Logger LOG = Logger.getLogger(Watch.class);

  private final LiveState live;
  private final People people;
  private final PresenceConfig config;
  private final Clock clock;
  private final List<Partition> partitions =
      IntStream.range(0, Service.PARTITIONS)
          .mapToObj(index -> new Partition(Service.PRESENCE, index))
          .toList();

  /// When to look again; only for the thread that looks.
  private final Map<Partition, Instant> next = new HashMap<>();

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Instant startedAt;
  private final AtomicInteger gateways = new AtomicInteger();
  private final Counter lapsed;
  private volatile Instant redisCameBack;

  Watch(
      LiveState live,
      People people,
      PresenceConfig config,
      @Steady Clock clock,
      Channels channels,
      MeterRegistry meters) {
    this.live = live;
    this.people = people;
    this.config = config;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.redisCameBack = startedAt;
    spread();
    Gauge.builder("chatterbox.presence.gateways", gateways, AtomicInteger::get).register(meters);
    this.lapsed = meters.counter("chatterbox.presence.gateways.lapsed");
    channels.onRestored(() -> redisCameBack = clock.instant());
  }

  /// Not all at once: so it is seen soon at one of them that Redis has lost everything.
  private void spread() {
    Duration each = config.idleLook().dividedBy(partitions.size());
    Instant at = clock.instant();
    for (Partition partition : partitions) {
      at = at.plus(each);
      next.put(partition, at);
    }
  }

  void start(@Observes StartupEvent event, CommandLoop loop, PresenceProcessor processor) {
    loop.start(processor);
    repeat(this::doDue, config.look());
    repeat(this::dropLapsed, config.gatewayLook());
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  private void doDue() {
    Instant now = clock.instant();
    List<Partition> looked =
        partitions.stream()
            .filter(partition -> !next.getOrDefault(partition, Instant.MIN).isAfter(now))
            .toList();
    List<Partition> fresh = look(looked);
    if (fresh.isEmpty()) {
      return;
    }
    // whatever took from one what it knew took it from the others too
    fresh.addAll(look(partitions.stream().filter(other -> !looked.contains(other)).toList()));
    long asked = live.askGateways();
    fresh.forEach(live::asked);
    if (asked == 0 && isBeginning()) {
      // where there is no gateway, nobody has to be waited for
      fresh.forEach(live::settled);
    }
  }

  /// @return those that have lost everything, or have just begun
  private List<Partition> look(List<Partition> looked) {
    Instant now = clock.instant();
    List<Partition> fresh = new ArrayList<>();
    live.doDue(looked)
        .forEach((partition, look) -> {
          Duration idle = config.idleLook();
          next.put(
              partition, now.plus(look.next().filter(n -> n.compareTo(idle) < 0).orElse(idle)));
          if (look.isNew()) {
            fresh.add(partition);
          }
          if (!look.unsaved().isEmpty()) {
            save(partition, look.unsaved());
          }
        });
    return fresh;
  }

  /// Whether this process has just started, and Redis was never away: then nobody can have lost his
  /// link to it, so that he would not hear what is asked.
  private boolean isBeginning() {
    return redisCameBack.equals(startedAt)
        && clock.instant().isBefore(startedAt.plus(config.mercy()));
  }

  /// What is not saved now is found again with the next look.
  private void save(Partition partition, Map<String, Instant> lastSeen) {
    try {
      people.saw(lastSeen);
    } catch (StoreAwayException e) {
      LOG.debugf("event=last-seen-not-saved reason=%s", e.toString());
      return;
    }
    live.saved(partition, lastSeen);
  }

  private void dropLapsed() {
    if (clock.instant().isAfter(redisCameBack.plus(config.mercy()))) {
      LiveState.Gateways seen = live.dropLapsed(partitions);
      gateways.set(seen.live());
      lapsed.increment(seen.lapsed());
    }
  }

  private void repeat(Runnable work, Duration every) {
    Thread.ofVirtual()
        .name("watch")
        .start(() -> {
          try {
            while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
              goRound(work);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void goRound(Runnable work) {
    try {
      work.run();
    } catch (StoreAwayException e) {
      redisCameBack = clock.instant();
      LOG.debugf("event=watch-skipped reason=%s", e.toString());
    } catch (RuntimeException e) {
      LOG.error("event=watch-failed", e);
    }
  }
}

package io.chatterbox.presence;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.CommandLoop;
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
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger gateways = new AtomicInteger();
  private final Counter lapsed;
  private volatile Instant redisCameBack;

  Watch(
      LiveState live,
      People people,
      PresenceConfig config,
      Clock clock,
      Channels channels,
      MeterRegistry meters) {
    this.live = live;
    this.people = people;
    this.config = config;
    this.clock = clock;
    this.redisCameBack = clock.instant();
    Gauge.builder("chatterbox.presence.gateways", gateways, AtomicInteger::get).register(meters);
    this.lapsed = meters.counter("chatterbox.presence.gateways.lapsed");
    channels.onRestored(() -> redisCameBack = clock.instant());
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
    List<Partition> fresh = new ArrayList<>();
    for (Partition partition : partitions) {
      LiveState.Look look = live.doDue(partition);
      if (look.isNew()) {
        fresh.add(partition);
      }
      if (!look.unsaved().isEmpty()) {
        save(partition, look.unsaved());
      }
    }
    if (!fresh.isEmpty()) {
      live.askGateways();
      fresh.forEach(live::asked);
    }
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

package io.chatterbox.chat;

import com.mongodb.MongoException;
import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.members.Tells;
import io.chatterbox.chat.rooms.FirstRooms;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// Brings the service up when its stores are there, however long that takes: the indexes, the first
/// rooms, and then the commands. Until then it is not ready, nor while its database is away.
@Readiness
@Singleton
class Startup implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Startup.class);
  private static final int AGAIN_AFTER_MS = 500;

  private final Entries entries;
  private final FirstRooms rooms;
  private final Tells tells;
  private final Rounds rounds;
  private final CommandLoop loop;
  private final ChatProcessor processor;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean ready;

  Startup(
      Entries entries,
      FirstRooms rooms,
      Tells tells,
      Rounds rounds,
      CommandLoop loop,
      ChatProcessor processor) {
    this.rounds = rounds;
    this.entries = entries;
    this.rooms = rooms;
    this.tells = tells;
    this.loop = loop;
    this.processor = processor;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("chat").status(ready && entries.isReachable()).build();
  }

  void start(@Observes StartupEvent event) {
    Thread.ofVirtual().name("startup").start(this::start);
  }

  void stop(@Observes Shutdown event) {
    stopping.countDown();
  }

  private void start() {
    try {
      do {
        if (isPrepared()) {
          loop.start(processor);
          tells.start();
          rounds.start();
          ready = true;
          LOG.info("chat state=ready");
          return;
        }
      } while (!stopping.await(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPrepared() {
    try {
      entries.prepare();
      rooms.open();
      return true;
    } catch (MongoException | StoreAwayException e) {
      LOG.warnf("chat state=waiting reason=%s", e.toString());
      return false;
    }
  }
}

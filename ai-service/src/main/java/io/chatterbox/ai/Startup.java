package io.chatterbox.ai;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.chatterbox.ai.runs.Watch;
import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.StoreAwayException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// Brings the service up when its database is there, however long that takes, and down when its
/// runs are over. It is not ready until then, nor while its database is away.
@Readiness
@Singleton
class Startup implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Startup.class);
  private static final int AGAIN_AFTER_MS = 500;

  private final MongoDatabase database;
  private final Watch watch;
  private final CommandLoop loop;
  private final AiProcessor processor;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean ready;

  Startup(MongoDatabase database, Watch watch, CommandLoop loop, AiProcessor processor) {
    this.database = database;
    this.watch = watch;
    this.loop = loop;
    this.processor = processor;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ai").status(ready && isReachable()).build();
  }

  void start(@Observes StartupEvent event) {
    Thread.ofVirtual().name("startup").start(this::start);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
    loop.drain();
    watch.drain();
  }

  private void start() {
    try {
      do {
        if (isPrepared()) {
          watch.start();
          loop.start(processor);
          ready = true;
          LOG.info("ai state=ready");
          return;
        }
      } while (!stopping.await(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPrepared() {
    try {
      watch.prepare();
      return true;
    } catch (StoreAwayException e) {
      LOG.warnf("ai state=waiting reason=%s", e.toString());
      return false;
    }
  }

  private boolean isReachable() {
    try {
      return !database.runCommand(new Document("ping", 1)).isEmpty();
    } catch (MongoException e) {
      return false;
    }
  }
}

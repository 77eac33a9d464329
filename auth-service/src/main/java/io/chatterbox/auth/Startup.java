package io.chatterbox.auth;

import com.mongodb.MongoException;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/// Prepares the database when it is there, however long that takes. The service is not ready until
/// then.
@Readiness
@Singleton
class Startup implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(Startup.class);
  private static final int AGAIN_AFTER_MS = 500;

  private final List<Prepared> all;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile boolean ready;

  Startup(@All List<Prepared> all) {
    this.all = List.copyOf(all);
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("auth").status(ready).build();
  }

  void start(@Observes StartupEvent event) {
    Thread.ofVirtual().name("startup").start(this::start);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  private void start() {
    try {
      do {
        if (isPrepared()) {
          ready = true;
          LOG.info("auth state=ready");
          return;
        }
      } while (!stopping.await(AGAIN_AFTER_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isPrepared() {
    try {
      all.forEach(Prepared::prepare);
      return true;
    } catch (MongoException e) {
      LOG.warnf("auth state=waiting reason=%s", e.toString());
      return false;
    }
  }
}

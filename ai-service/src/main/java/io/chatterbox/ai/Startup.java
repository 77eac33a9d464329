package io.chatterbox.ai;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import io.chatterbox.ai.runs.Watch;
import io.chatterbox.bus.Beginning;
import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.StoreAwayException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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

  private final MongoDatabase database;
  private final Watch watch;
  private final CommandLoop loop;
  private final AiProcessor processor;
  private final Beginning beginning = new Beginning();

  Startup(MongoDatabase database, Watch watch, CommandLoop loop, AiProcessor processor) {
    this.database = database;
    this.watch = watch;
    this.loop = loop;
    this.processor = processor;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("ai").status(beginning.isOver() && isReachable()).build();
  }

  void start(@Observes StartupEvent event) {
    beginning.start(this::isPrepared, this::work);
  }

  void stop(@Observes ShutdownEvent event) {
    beginning.stop();
    loop.drain();
    watch.drain();
  }

  private void work() {
    watch.start();
    loop.start(processor);
    LOG.info("ai state=ready");
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

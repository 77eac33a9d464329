package io.chatterbox.chat;

import com.mongodb.MongoException;
import io.chatterbox.bus.Beginning;
import io.chatterbox.bus.CommandLoop;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.members.Tells;
import io.chatterbox.chat.rooms.FirstRooms;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Singleton;
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

  private final Entries entries;
  private final FirstRooms rooms;
  private final Tells tells;
  private final Rounds rounds;
  private final CommandLoop loop;
  private final ChatProcessor processor;
  private final Beginning beginning = new Beginning();

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
    return HealthCheckResponse.named("chat")
        .status(beginning.isOver() && entries.isReachable())
        .build();
  }

  void start(@Observes StartupEvent event) {
    beginning.start(this::isPrepared, this::work);
  }

  void stop(@Observes Shutdown event) {
    beginning.stop();
  }

  private void work() {
    loop.start(processor);
    tells.start();
    rounds.start();
    LOG.info("chat state=ready");
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

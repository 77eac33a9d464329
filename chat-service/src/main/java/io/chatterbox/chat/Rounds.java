package io.chatterbox.chat;

import com.mongodb.MongoException;
import io.chatterbox.chat.files.Removals;
import io.chatterbox.chat.log.Behind;
import io.chatterbox.chat.log.Sweeping;
import io.chatterbox.contract.Refusal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What is done again and again. Every replica does it; that several do so at once does no harm.
@Singleton
class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);
  private static final Duration BEHIND = Duration.ofMillis(100);

  private final Sweeping sweeping;
  private final Removals removals;
  private final ChatConfig config;
  private final Clock clock;
  private final Thread log;
  private final Thread files;
  private final Thread documents;

  Rounds(Sweeping sweeping, Removals removals, Behind behind, ChatConfig config, Clock clock) {
    this.sweeping = sweeping;
    this.removals = removals;
    this.config = config;
    this.clock = clock;
    this.log = thread("sweeping", config.sweepEvery(), this::sweepLog);
    this.files = thread("removals", config.files().sweepEvery(), this::sweepFiles);
    this.documents = thread("documents", BEHIND, () -> behind.write(clock.instant()));
  }

  void start() {
    log.start();
    files.start();
    documents.start();
  }

  @PreDestroy
  void stop() {
    log.interrupt();
    files.interrupt();
    documents.interrupt();
  }

  private void sweepLog() {
    sweeping.sweep(clock.instant().minus(config.changesLife()));
  }

  private void sweepFiles() {
    removals.sweep(clock.instant());
  }

  private static Thread thread(String name, Duration pause, Runnable round) {
    return Thread.ofVirtual()
        .name(name)
        .unstarted(() -> {
          boolean isWaiting = false;
          try {
            while (true) {
              isWaiting = attempt(name, round, isWaiting);
              TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// One round.
  ///
  /// @param wasWaiting whether it was said already that the store is away
  /// @return whether it is
  private static boolean attempt(String name, Runnable round, boolean wasWaiting) {
    try {
      round.run();
      return false;
    } catch (MongoException | Refusal e) {
      if (!wasWaiting) {
        LOG.warnf("%s state=waiting reason=%s", name, e.toString());
      }
      return true;
    }
  }
}

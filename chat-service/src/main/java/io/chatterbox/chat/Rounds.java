package io.chatterbox.chat;

import com.mongodb.MongoException;
import io.chatterbox.chat.files.Removals;
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

  private final Sweeping sweeping;
  private final Removals removals;
  private final ChatConfig config;
  private final Clock clock;
  private final Thread log;
  private final Thread files;

  Rounds(Sweeping sweeping, Removals removals, ChatConfig config, Clock clock) {
    this.sweeping = sweeping;
    this.removals = removals;
    this.config = config;
    this.clock = clock;
    this.log = thread("sweeping", config.sweepEvery(), this::sweepLog);
    this.files = thread("removals", config.files().sweepEvery(), this::sweepFiles);
  }

  void start() {
    log.start();
    files.start();
  }

  @PreDestroy
  void stop() {
    log.interrupt();
    files.interrupt();
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
          try {
            while (true) {
              attempt(name, round);
              TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void attempt(String name, Runnable round) {
    try {
      round.run();
    } catch (MongoException | Refusal e) {
      LOG.warnf("%s state=waiting reason=%s", name, e.toString());
    }
  }
}

package io.chatterbox.auth;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// What every replica does again and again, each on a thread of its own. A round that fails is
/// logged when the one before did not, and tried again at the next.
@Singleton
public class Rounds {
  private static final Logger LOG = Logger.getLogger(Rounds.class);

  private final List<Round> rounds;
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /// One of them.
  public interface Round {
    /// As it stands in the log.
    String name();

    /// From the end of one to the beginning of the next.
    Duration every();

    /// May throw anything; what it did not do is done by the next one.
    void run();
  }

  Rounds(@All List<Round> rounds) {
    this.rounds = List.copyOf(rounds);
  }

  void start(@Observes StartupEvent event) {
    for (Round round : rounds) {
      threads.add(Thread.ofVirtual().name(round.name()).start(() -> repeat(round)));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
    threads.forEach(Thread::interrupt);
  }

  private void repeat(Round round) {
    boolean failed = false;
    try {
      do {
        try {
          round.run();
          failed = false;
        } catch (RuntimeException e) {
          if (!failed && stopping.getCount() > 0) {
            LOG.warnf("event=round-failed round=%s reason=%s", round.name(), e.toString());
          }
          failed = true;
        }
      } while (!stopping.await(round.every().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

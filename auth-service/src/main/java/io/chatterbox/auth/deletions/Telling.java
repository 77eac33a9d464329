package io.chatterbox.auth.deletions;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Rounds;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Tells the other services of deleted accounts until each has confirmed it.
@Singleton
final class Telling implements Rounds.Round {
  private static final Logger LOG = Logger.getLogger(Telling.class);

  private final Deletions deletions;
  private final Services services;
  private final Duration every;

  Telling(Deletions deletions, Services services, AuthConfig config) {
    this.deletions = deletions;
    this.services = services;
    this.every = config.deletionRetry();
  }

  @Override
  public String name() {
    return "deletions";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run() {
    for (DeletionDocument deletion : deletions.claim()) {
      // it may have stopped half-way
      deletions.deleteHere(deletion);
      List<String> left = new ArrayList<>();
      for (String name : deletion.left) {
        if (!services.tell(name, deletion.id)) {
          left.add(name);
        }
      }
      if (!left.isEmpty()) {
        LOG.warnf("event=deletion-not-confirmed user=%s by=%s", deletion.id, left);
      }
      deletions.told(deletion, List.copyOf(left));
    }
  }
}

package io.chatterbox.auth.revocations;

import io.chatterbox.auth.Rounds;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Forgets revocations whose tokens have all expired.
@Singleton
final class Cleaning implements Rounds.Round {
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final Revocations revocations;

  Cleaning(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public String name() {
    return "revocation-cleaning";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run() {
    revocations.clean();
  }
}

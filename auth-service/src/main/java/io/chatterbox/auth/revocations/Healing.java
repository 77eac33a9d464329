package io.chatterbox.auth.revocations;

import io.chatterbox.auth.Rounds;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Looks twice a second whether the gateways' list is whole.
@Singleton
final class Healing implements Rounds.Round {
  private static final Duration EVERY = Duration.ofMillis(500);

  private final Revocations revocations;

  Healing(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public String name() {
    return "revocations";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run() {
    revocations.heal();
  }
}

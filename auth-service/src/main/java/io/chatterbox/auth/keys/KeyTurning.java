package io.chatterbox.auth.keys;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Rounds;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Keeps the keys of this replica what they are in the database, and the newest one new.
@Singleton
final class KeyTurning implements Rounds.Round {
  private final SigningKeys keys;
  private final Duration every;

  KeyTurning(SigningKeys keys, AuthConfig config) {
    this.keys = keys;
    this.every = config.keys().reload();
  }

  @Override
  public String name() {
    return "signing-keys";
  }

  @Override
  public Duration every() {
    return every;
  }

  @Override
  public void run() {
    keys.turn();
  }
}

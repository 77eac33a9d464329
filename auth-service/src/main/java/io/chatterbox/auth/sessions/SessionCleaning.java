package io.chatterbox.auth.sessions;

import io.chatterbox.auth.Rounds;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Forgets sessions and letters that nobody can use any more.
@Singleton
final class SessionCleaning implements Rounds.Round {
  private static final Duration EVERY = Duration.ofMinutes(10);

  private final Sessions sessions;
  private final Resets resets;

  SessionCleaning(Sessions sessions, Resets resets) {
    this.sessions = sessions;
    this.resets = resets;
  }

  @Override
  public String name() {
    return "session-cleaning";
  }

  @Override
  public Duration every() {
    return EVERY;
  }

  @Override
  public void run() {
    sessions.clean();
    resets.clean();
  }
}

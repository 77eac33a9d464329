package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.moderation.Moderation;
import io.chatterbox.ai.provider.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What every answer needs.
@Singleton
record AnsweringTools(
    Provider provider,
    Keeping keeping,
    Parts parts,
    Oversight oversight,
    AiConfig config,
    Clock clock) {

  /// Where a run and its text are kept.
  @Singleton
  record Keeping(ActiveRuns runs, Texts texts, Insistence insistence) {}

  /// What bounds, judges and measures answers.
  @Singleton
  record Oversight(Places places, Moderation moderation, RunMetrics metrics) {}
}

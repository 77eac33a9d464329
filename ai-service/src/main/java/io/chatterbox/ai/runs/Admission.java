package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.provider.Provider;
import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// What speaks against a run. A question that is stored already is answered all the same.
@Singleton
class Admission {
  private static final long SOON_MS = 1_000;

  private final Provider provider;
  private final ActiveRuns runs;
  private final LiveRuns live;
  private final FinishedRuns finished;
  private final AiConfig config;
  private final Clock clock;

  Admission(
      Provider provider,
      ActiveRuns runs,
      LiveRuns live,
      FinishedRuns finished,
      AiConfig config,
      Clock clock) {
    this.provider = provider;
    this.runs = runs;
    this.live = live;
    this.finished = finished;
    this.config = config;
    this.clock = clock;
  }

  /// That there is no provider.
  Optional<Failure> disabled() {
    return provider.isConfigured()
        ? Optional.empty()
        : Optional.of(
            new Failure(ErrorCode.AI_DISABLED, "The assistant is not available here.", null));
  }

  /// That the conversation has a run.
  static Failure conflict() {
    return new Failure(
        ErrorCode.CONFLICT, "The assistant is answering here already. Stop it, or wait.", null);
  }

  /// That there are too many runs, this one counted, or that too much was used today.
  Optional<Failure> excess(String askerId) {
    if (live.isOverfull()) {
      return Optional.of(limited("The assistant is busy. Please try again in a moment.", SOON_MS));
    }
    if (runs.countOf(askerId) > config.runs().perUser()) {
      return Optional.of(
          limited("The assistant is answering too many of your questions already.", SOON_MS));
    }
    if (config.dailyTokens().isPresent() && finished.today(askerId).isUsedUp()) {
      Instant now = clock.instant();
      Instant midnight =
          LocalDate.ofInstant(now, ZoneOffset.UTC)
              .plusDays(1)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
      return Optional.of(
          limited(
              "You have used the assistant as much as you may today.",
              Duration.between(now, midnight).toMillis()));
    }
    return Optional.empty();
  }

  private static Failure limited(String sentence, long retryAfterMs) {
    return new Failure(ErrorCode.RATE_LIMITED, sentence, retryAfterMs);
  }
}

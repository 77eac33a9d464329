package io.chatterbox.ai.runs;

import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// What speaks against a run. A question that is stored already is answered all the same.
@Singleton
class Admission {
  private static final long SOON_MS = 1_000;

  private final AdmissionTools tools;
  private final ActiveRuns runs;
  private final LiveRuns live;
  private final FinishedRuns finished;

  Admission(AdmissionTools tools, ActiveRuns runs, LiveRuns live, FinishedRuns finished) {
    this.tools = tools;
    this.runs = runs;
    this.live = live;
    this.finished = finished;
  }

  /// What speaks against a question whatever else goes on: that moderation objects to it, or that
  /// there is no provider.
  Optional<Failure> objection(String question) {
    if (!tools.moderation().allows(question)) {
      return refused(
          new Failure(
              ErrorCode.VALIDATION_ERROR,
              "The assistant is not asked this: it holds what is not wanted here.",
              null));
    }
    return tools.provider().isConfigured()
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
      return limited("The assistant is busy. Please try again in a moment.", SOON_MS);
    }
    if (runs.countOf(askerId) > tools.config().runs().perUser()) {
      return limited("The assistant is answering too many of your questions already.", SOON_MS);
    }
    if (tools.config().dailyTokens().isPresent() && finished.today(askerId).isUsedUp()) {
      Instant now = tools.clock().instant();
      Instant midnight =
          LocalDate.ofInstant(now, ZoneOffset.UTC)
              .plusDays(1)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
      return limited(
          "You have used the assistant as much as you may today.",
          Duration.between(now, midnight).toMillis());
    }
    return Optional.empty();
  }

  private Optional<Failure> limited(String sentence, long retryAfterMs) {
    return refused(new Failure(ErrorCode.RATE_LIMITED, sentence, retryAfterMs));
  }

  private Optional<Failure> refused(Failure failure) {
    tools.metrics().refused(failure.code());
    return Optional.of(failure);
  }
}

package io.chatterbox.ai.runs;

import io.chatterbox.ai.provider.ProviderFailure;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/// What is measured of runs. Names and labels are stable; no label has more values than an enum.
final class RunMetrics {
  private static final double NANOS = 1e9;

  private static final String TOKENS = "chatterbox.ai.tokens";
  private static final String KIND = "kind";

  private final MeterRegistry meters;
  private final Timer firstToken;
  private final DistributionSummary tokenRate;
  private final Counter stops;
  private final Counter moderated;
  private final Counter promptTokens;
  private final Counter completionTokens;

  RunMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.firstToken =
        Timer.builder("chatterbox.ai.first.token")
            .description("from asking the provider to the first part of its answer")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(20))
            .maximumExpectedValue(Duration.ofMinutes(1))
            .register(meters);
    this.tokenRate =
        DistributionSummary.builder("chatterbox.ai.tokens.per.second")
            .description("of one answer, from its first part on")
            .register(meters);
    this.stops = meters.counter("chatterbox.ai.stops");
    this.moderated = meters.counter("chatterbox.ai.answers.moderated");
    this.promptTokens = meters.counter(TOKENS, KIND, "prompt");
    this.completionTokens = meters.counter(TOKENS, KIND, "completion");
    for (Result result : Result.values()) {
      ended(result).increment(0);
    }
  }

  private enum Result {
    COMPLETE,
    STOPPED,
    FAILED
  }

  void watch(Places places) {
    Gauge.builder("chatterbox.ai.runs.active", places, Places::taken)
        .description("runs that are being answered")
        .strongReference(true)
        .register(meters);
    Gauge.builder("chatterbox.ai.runs.queued", places, Places::waiting)
        .description("runs that wait for their turn")
        .strongReference(true)
        .register(meters);
  }

  void firstToken(Duration after) {
    firstToken.record(after);
  }

  /// The rest of an answer has taken so long.
  void answered(int completionTokens, long nanos) {
    if (completionTokens > 1 && nanos > 0) {
      tokenRate.record((completionTokens - 1) * NANOS / nanos);
    }
  }

  void providerFailed(ProviderFailure.Kind kind) {
    meters.counter("chatterbox.ai.provider.failures", KIND, lower(kind)).increment();
  }

  void moderated() {
    moderated.increment();
  }

  /// A question was not taken.
  void refused(ErrorCode code) {
    meters.counter("chatterbox.ai.refusals", "code", code.name()).increment();
  }

  void ended(Outcome outcome) {
    if (outcome.error().isPresent()) {
      Failure error = outcome.error().get();
      meters.counter("chatterbox.ai.errors", "code", error.code().name()).increment();
      ended(Result.FAILED).increment();
    } else if (outcome.stopped()) {
      stops.increment();
      ended(Result.STOPPED).increment();
    } else {
      ended(Result.COMPLETE).increment();
    }
    AiUsage usage = outcome.usage();
    promptTokens.increment(usage.promptTokens());
    completionTokens.increment(usage.completionTokens());
  }

  private Counter ended(Result result) {
    return meters.counter("chatterbox.ai.runs.ended", "result", lower(result));
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}

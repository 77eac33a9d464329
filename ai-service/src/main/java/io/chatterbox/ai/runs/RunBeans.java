package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.moderation.Moderation;
import io.chatterbox.ai.moderation.WordList;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Puts together what runs share.
final class RunBeans {

  @Produces
  @Singleton
  Moderation moderation(AiConfig config) {
    return WordList.of(config.moderation());
  }

  @Produces
  @Singleton
  RunMetrics metrics(MeterRegistry meters, Places places) {
    RunMetrics metrics = new RunMetrics(meters);
    metrics.watch(places);
    return metrics;
  }
}

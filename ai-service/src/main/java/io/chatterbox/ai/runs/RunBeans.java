package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.provider.Provider;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Puts together what answers share.
final class RunBeans {

  @Produces
  @Singleton
  AnsweringTools tools(
      Provider provider,
      Texts texts,
      Parts parts,
      Insistence insistence,
      AiConfig config,
      Clock clock) {
    return new AnsweringTools(provider, texts, parts, insistence, config, clock);
  }
}

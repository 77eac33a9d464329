package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.provider.Provider;
import java.time.Clock;

/// What every answer needs.
record AnsweringTools(
    Provider provider,
    Texts texts,
    Parts parts,
    Insistence insistence,
    AiConfig config,
    Clock clock) {}

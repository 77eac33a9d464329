package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.moderation.Moderation;
import io.chatterbox.ai.provider.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What admission borrows.
@Singleton
record AdmissionTools(
    Provider provider, Moderation moderation, RunMetrics metrics, AiConfig config, Clock clock) {}

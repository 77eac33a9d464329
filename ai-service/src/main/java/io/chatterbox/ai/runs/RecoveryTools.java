package io.chatterbox.ai.runs;

import jakarta.inject.Singleton;
import java.time.Clock;

/// What recovery borrows.
@Singleton
record RecoveryTools(Runner runner, Insistence insistence, Clock clock) {}

package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import io.chatterbox.bus.Node;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What the watch borrows.
@Singleton
record WatchTools(Stops stops, Insistence insistence, AiConfig config, Clock clock, Node node) {}

package io.chatterbox.ai.runs;

import io.chatterbox.ai.AiConfig;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The runs that this replica has in hand, by their ids.
@Singleton
class LiveRuns {
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final int most;

  LiveRuns(AiConfig config) {
    this.most = config.runs().most() + config.runs().queue();
  }

  /// Takes a run in hand.
  ///
  /// @return empty when it is in hand already
  Optional<Run> take(String runId) {
    Run run = new Run(runId);
    return runs.putIfAbsent(runId, run) == null ? Optional.of(run) : Optional.empty();
  }

  void letGo(Run run) {
    runs.remove(run.id(), run);
  }

  Optional<Run> find(String runId) {
    return Optional.ofNullable(runs.get(runId));
  }

  List<Run> all() {
    return List.copyOf(runs.values());
  }

  /// Whether there are more than this replica answers and lets wait.
  boolean isOverfull() {
    return runs.size() > most;
  }
}

package io.chatterbox.ai.runs;

import io.chatterbox.ai.chat.ChatClient;
import io.chatterbox.ai.usage.FinishedRun;
import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.ChatCommand.EndRun;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Ends runs. How is decided once, in the run's document; the rest may be done by anybody, again
/// and again, until it is done.
@Singleton
class Endings {
  private static final Logger LOG = Logger.getLogger(Endings.class);

  private final ActiveRuns runs;
  private final Texts texts;
  private final ChatClient chat;
  private final FinishedRuns finished;
  private final Insistence insistence;
  private final RunMetrics metrics;

  Endings(
      ActiveRuns runs,
      Texts texts,
      ChatClient chat,
      FinishedRuns finished,
      Insistence insistence,
      RunMetrics metrics) {
    this.runs = runs;
    this.texts = texts;
    this.chat = chat;
    this.finished = finished;
    this.insistence = insistence;
    this.metrics = metrics;
  }

  /// Ends a run, unless it is its writer's no more.
  void end(RunDocument run, Outcome outcome) {
    insistence.on(() -> runs.decide(run, outcome)).ifPresent(this::finish);
  }

  /// Does what is left to do when it is decided how a run ends.
  void finish(RunDocument run) {
    Optional<Outcome> decided = run.outcome();
    if (decided.isEmpty() || !insistence.until(() -> chat.end(command(run, decided.get())))) {
      // somebody else will do it
      return;
    }
    FinishedRun kept = finished(run, decided.get());
    insistence.until(() -> {
      try {
        finished.add(kept);
        runs.remove(run);
        return true;
      } catch (StoreAwayException e) {
        return false;
      }
    });
    forgetText(run);
    metrics.ended(decided.get());
    LOG.infof("run=%s result=%s tookMs=%d", run.runId(), kept.result(), kept.took().toMillis());
  }

  /// Ends a run of which there is no document.
  void endUnknown(RunDocument run, Outcome outcome) {
    insistence.until(() -> chat.end(command(run, outcome)));
  }

  private void forgetText(RunDocument run) {
    try {
      texts.forget(run);
    } catch (StoreAwayException e) {
      LOG.debugf("event=text-not-forgotten run=%s", run.runId());
    }
  }

  private static EndRun command(RunDocument run, Outcome outcome) {
    return new EndRun(
        run.conversationId(),
        run.runId(),
        run.question().askerId(),
        outcome.content(),
        outcome.usage(),
        outcome.stopped(),
        outcome.error().orElse(null));
  }

  private static FinishedRun finished(RunDocument run, Outcome outcome) {
    String result =
        outcome
            .error()
            .map(error -> error.code().name())
            .orElse(outcome.stopped() ? "stopped" : "complete");
    return new FinishedRun(
        run.runId(),
        run.conversationId(),
        run.question().askerId(),
        outcome.usage(),
        result,
        outcome.at(),
        Duration.between(run.question().at(), outcome.at()));
  }
}

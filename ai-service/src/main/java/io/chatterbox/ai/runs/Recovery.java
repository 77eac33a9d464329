package io.chatterbox.ai.runs;

import io.chatterbox.ai.chat.Asked;
import io.chatterbox.ai.chat.ChatClient;
import io.chatterbox.ai.prompt.Tokens;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.ChatCommand.AskAssistant;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Ends runs that nobody carries out any more, with what is known to have been shown.
@Singleton
class Recovery {
  private static final Logger LOG = Logger.getLogger(Recovery.class);

  private final ActiveRuns runs;
  private final LiveRuns live;
  private final Texts texts;
  private final ChatClient chat;
  private final Endings endings;
  private final RecoveryTools tools;

  Recovery(
      ActiveRuns runs,
      LiveRuns live,
      Texts texts,
      ChatClient chat,
      Endings endings,
      RecoveryTools tools) {
    this.runs = runs;
    this.live = live;
    this.texts = texts;
    this.chat = chat;
    this.endings = endings;
    this.tools = tools;
  }

  /// Ends a run that is this replica's, on a thread of its own, unless it is in hand.
  void end(RunDocument run) {
    live.take(run.runId())
        .ifPresent(taken -> {
          taken.claimed();
          LOG.infof("event=run-recovered run=%s", run.runId());
          tools.runner().inHand(taken, () -> recover(run));
        });
  }

  private void recover(RunDocument run) {
    if (run.outcome().isPresent()) {
      endings.finish(run);
    } else if (run.asked() || isStored(run)) {
      Texts.Text text = tools.insistence().on(() -> texts.begin(run));
      int tokens = Tokens.in(text.content());
      endings.end(
          run,
          new Outcome(
              text.content(),
              new AiUsage(0, tokens, tokens),
              run.stop(),
              run.stop() ? Optional.empty() : Optional.of(Outcome.interrupted()),
              tools.clock().instant()));
    }
  }

  /// Whether the question is there. If not, the run never was.
  private boolean isStored(RunDocument run) {
    Failure never = new Failure(ErrorCode.CONFLICT, "Interrupted before it was stored.", null);
    AskAssistant again =
        new AskAssistant(
            run.conversationId(),
            "?",
            run.question().clientMessageId().orElse(null),
            run.runId(),
            never);
    try {
      Asked asked = chat.ask(run.question().asker(), run.question().commandId(), again);
      if (asked.runId().equals(Optional.of(run.runId()))) {
        return true;
      }
    } catch (Refusal refusal) {
      if (refusal.code() == ErrorCode.UNAVAILABLE) {
        // not known: the watch comes here again
        return false;
      }
    }
    tools
        .insistence()
        .on(() -> {
          runs.remove(run);
          return true;
        });
    return false;
  }
}

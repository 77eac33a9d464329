package io.chatterbox.ai.runs;

import io.chatterbox.ai.chat.ChatClient;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.AiCommand.AiStop;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/// `ai-stop`. The word stands in the run's document, which decides; that it is heard at once is
/// what the rest is for.
@Singleton
public class AiStopHandler {
  private static final Logger LOG = Logger.getLogger(AiStopHandler.class);

  private final ChatClient chat;
  private final ActiveRuns runs;
  private final Texts texts;
  private final Stops stops;

  AiStopHandler(ChatClient chat, ActiveRuns runs, Texts texts, Stops stops) {
    this.chat = chat;
    this.runs = runs;
    this.texts = texts;
    this.stops = stops;
  }

  /// The reply.
  @Acknowledges("ai-stop")
  @Shape(name = "AiStopAnswer")
  public record Stopped(boolean stopped) {}

  /// Handles it; blocks.
  public Stopped handle(AiStop stop, Caller caller) {
    chat.checkParticipant(stop.conversationId(), caller);
    Optional<RunDocument> run = runs.stop(stop.conversationId(), Optional.ofNullable(stop.runId()));
    run.ifPresent(this::hurry);
    return new Stopped(run.isPresent());
  }

  private void hurry(RunDocument run) {
    stops.tell(run.runId());
    try {
      texts.stop(run.conversationId(), run.runId());
    } catch (StoreAwayException e) {
      LOG.debugf("event=stop-not-left run=%s", run.runId());
    }
  }
}

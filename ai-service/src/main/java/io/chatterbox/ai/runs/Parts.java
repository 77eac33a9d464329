package io.chatterbox.ai.runs;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Publisher;
import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Tells parts of answers, as states of the conversation: gateways notice what they missed by the
/// numbers, and ask for it.
@Singleton
class Parts {
  private static final Logger LOG = Logger.getLogger(Parts.class);
  private static final int PATIENCE_S = 2;

  private final Publisher publisher;
  private final Json json;

  Parts(Publisher publisher, Json json) {
    this.publisher = publisher;
    this.json = json;
  }

  /// `ai-stream`.
  record Part(String conversationId, String runId, int index, String content) {}

  /// Tells a part and waits until it has gone out, so that nothing that is told of the run later
  /// comes before it. A part that is lost on the way is not sent again.
  ///
  /// @param rev the conversation's of the question: who does not know that yet is not told
  /// @param content empty to say again that the run has come to this index
  void tell(RunDocument run, long rev, int index, String content) {
    Part part = new Part(run.conversationId(), run.runId(), index, content);
    ClientEvent event =
        new ClientEvent(
            "ai-stream",
            ClientEvent.Reach.JOINED,
            run.question().askerId(),
            null,
            null,
            json.write(part));
    try {
      publisher
          .publish(
              Service.CHAT,
              Key.conversation(run.conversationId()),
              new Hint.State(rev, List.of(event)))
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debugf("event=part-not-told run=%s index=%d", run.runId(), index);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

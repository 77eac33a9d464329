package io.chatterbox.ai.runs;

import io.chatterbox.ai.provider.Message;
import io.chatterbox.bus.StoreAwayException;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/// Carries runs out, each on a virtual thread of its own.
@Singleton
class Runner {
  private static final Logger LOG = Logger.getLogger(Runner.class);

  private final AnsweringTools tools;
  private final Endings endings;
  private final LiveRuns live;

  Runner(AnsweringTools tools, Endings endings, LiveRuns live) {
    this.tools = tools;
    this.endings = endings;
    this.live = live;
  }

  /// Begins a run whose question is stored.
  ///
  /// @param rev the conversation's of the question
  void start(Run run, RunDocument document, long rev, List<Message> prompt) {
    if (document.stop()) {
      run.want(Run.Wish.STOP);
    }
    inHand(
        run,
        () ->
            new Answering(tools, run, document, rev, prompt)
                .answer()
                .ifPresent(outcome -> endings.end(document, outcome)));
  }

  /// Does something for a run on a thread of its own; the run is let go afterwards.
  void inHand(Run run, Work work) {
    Thread.ofVirtual()
        .name("run-" + run.id())
        .start(() -> {
          try {
            work.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (StoreAwayException e) {
            // only when this replica ends: another one will take it over
            LOG.warnf("event=run-left run=%s", run.id());
          } catch (RuntimeException e) {
            // the document stays, so the watch finds it and ends it
            LOG.errorf(e, "event=run-failed run=%s", run.id());
          } finally {
            live.letGo(run);
          }
        });
  }

  /// What is done for a run.
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }
}

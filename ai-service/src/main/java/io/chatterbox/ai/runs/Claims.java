package io.chatterbox.ai.runs;

import io.chatterbox.ai.runs.RunDocument.Question;
import io.chatterbox.bus.Node;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Gets a conversation for a run, before its question is stored.
@Singleton
class Claims {
  /// Each round somebody else's run has just come or gone.
  private static final int MOST_ROUNDS = 5;

  private final ActiveRuns runs;
  private final LiveRuns live;
  private final Endings endings;
  private final Clock clock;
  private final String writer;

  Claims(ActiveRuns runs, LiveRuns live, Endings endings, Clock clock, Node node) {
    this.runs = runs;
    this.live = live;
    this.endings = endings;
    this.clock = clock;
    this.writer = node.incarnation();
  }

  /// Who has the conversation.
  sealed interface Claim {
    /// This command; the run is in hand.
    record Ours(Run run, RunDocument document) implements Claim {}

    /// Another run, or the same command elsewhere. Empty when they come and go.
    record Theirs(Optional<RunDocument> document) implements Claim {}
  }

  /// Claims a conversation.
  ///
  /// @param asker with the command that asks
  Claim claim(String conversationId, Question asker) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Optional<Claim> ours = begin(conversationId, asker);
      if (ours.isPresent()) {
        return ours.get();
      }
      Optional<RunDocument> there = runs.find(conversationId);
      if (there.isPresent() && there.get().outcome().isPresent()) {
        // over as far as people know
        endings.finish(there.get());
      } else if (there.isPresent()) {
        return resumed(there.get(), asker).orElseGet(() -> new Claim.Theirs(there));
      }
    }
    return new Claim.Theirs(Optional.empty());
  }

  private Optional<Claim> begin(String conversationId, Question asker) {
    RunDocument document =
        new RunDocument(
            conversationId,
            UUID.randomUUID().toString(),
            asker,
            writer,
            false,
            false,
            Optional.empty());
    Run run = live.take(document.runId()).orElseThrow();
    boolean claimed = false;
    try {
      claimed = runs.claim(document);
    } finally {
      if (!claimed) {
        live.letGo(run);
      }
    }
    return claimed ? Optional.of(ours(run, document)) : Optional.empty();
  }

  /// The same command again, after an earlier try of it here did not come to an end.
  private Optional<Claim> resumed(RunDocument there, Question asker) {
    boolean same = there.writer().equals(writer) && there.question().isSameAs(asker);
    return same ? live.take(there.runId()).map(run -> ours(run, there)) : Optional.empty();
  }

  private static Claim ours(Run run, RunDocument document) {
    run.claimed();
    return new Claim.Ours(run, document);
  }

  /// Nothing more is done here for the run.
  void letGo(Claim.Ours claim) {
    live.letGo(claim.run());
  }

  /// The question is stored.
  ///
  /// @return empty when another replica has ended the run meanwhile, or is about to
  Optional<RunDocument> confirm(RunDocument document) {
    Optional<RunDocument> confirmed = runs.asked(document);
    if (confirmed.isEmpty()) {
      endLost(document);
    }
    return confirmed;
  }

  /// There is no such run.
  void release(RunDocument document) {
    runs.remove(document);
  }

  /// Makes sure that a run of which there is no document is over.
  void endLost(RunDocument document) {
    endings.endUnknown(document, Outcome.lost(clock.instant()));
  }
}

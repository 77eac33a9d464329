package io.chatterbox.ai.runs;

import io.chatterbox.ai.moderation.Screening;
import io.chatterbox.ai.prompt.Tokens;
import io.chatterbox.ai.provider.Completion;
import io.chatterbox.ai.provider.Completion.Event;
import io.chatterbox.ai.provider.Message;
import io.chatterbox.ai.provider.ProviderFailure;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One answer on its way from the provider to people: what comes in is rolled up, kept in Redis,
/// and only then told. Used by one thread.
final class Answering {
  private final AnsweringTools tools;
  private final Run run;
  private final RunDocument document;
  private final long rev;
  private final List<Message> prompt;
  private final Screening screening;
  private final StringBuilder text = new StringBuilder();
  private int index = -1;
  // by `System.nanoTime`
  private long begun;
  private long first;
  private long told;

  /// @param rev the conversation's of the question
  Answering(AnsweringTools tools, Run run, RunDocument document, long rev, List<Message> prompt) {
    this.tools = tools;
    this.run = run;
    this.document = document;
    this.rev = rev;
    this.prompt = List.copyOf(prompt);
    this.screening = new Screening(tools.oversight().moderation());
  }

  /// Answers.
  ///
  /// @return how it ended; empty when the run is another replica's
  Optional<Outcome> answer() throws InterruptedException {
    Places places = tools.oversight().places();
    if (!places.enter(run, tools.config().runs().turn())) {
      return run.wish() == Run.Wish.GO_ON ? failed(Outcome.tooLongAQueue()) : asWished();
    }
    try {
      return run.wish() == Run.Wish.GO_ON ? ask() : asWished();
    } finally {
      places.leave();
    }
  }

  private Optional<Outcome> ask() throws InterruptedException {
    tools.keeping().insistence().on(() -> tools.keeping().texts().begin(document));
    begun = System.nanoTime();
    told = begun;
    Completion completion = tools.provider().answer(prompt);
    run.listensTo(completion);
    try {
      return hear(completion);
    } finally {
      completion.cancel();
    }
  }

  private Optional<Outcome> hear(Completion completion) throws InterruptedException {
    long rollUp = tools.config().rollUp().toNanos();
    while (true) {
      Event event = completion.next(told + rollUp, patience());
      if (run.wish() != Run.Wish.GO_ON) {
        return asWished();
      }
      Optional<Outcome> end =
          switch (event) {
            case Event.Text(String content) -> heard(content);
            case Event.Woken _ -> reminded();
            case Event.Finished(Optional<AiUsage> usage) -> finished(usage);
            case Event.Failed(ProviderFailure failure) -> failed(failure);
          };
      if (run.wish() != Run.Wish.GO_ON) {
        return asWished();
      }
      if (end.isPresent()) {
        return end;
      }
      if (left() <= 0) {
        return failed(ProviderFailure.of(ProviderFailure.Kind.TIMEOUT));
      }
    }
  }

  private Optional<Outcome> heard(String content) {
    if (first == 0) {
      first = System.nanoTime();
      tools.oversight().metrics().firstToken(Duration.ofNanos(first - begun));
    }
    return allowed(screening.take(content));
  }

  private Optional<Outcome> finished(Optional<AiUsage> usage) {
    Optional<Outcome> objection = allowed(screening.rest());
    if (objection.isPresent()) {
      return objection;
    }
    Outcome whole = outcome(usage, false, Optional.empty());
    if (first != 0) {
      tools
          .oversight()
          .metrics()
          .answered(whole.usage().completionTokens(), System.nanoTime() - first);
    }
    return Optional.of(whole);
  }

  /// Tells what there is nothing against; of the rest nobody hears.
  private Optional<Outcome> allowed(String content) {
    if (screening.hasObjected()) {
      tools.oversight().metrics().moderated();
      return failed(Outcome.moderated());
    }
    if (!content.isEmpty()) {
      tell(content);
    }
    return Optional.empty();
  }

  private void tell(String content) {
    index++;
    text.append(content);
    switch (keep(content)) {
      case YES, ALL_IS_NEEDED -> {
        // goes on
      }
      case YES_AND_STOP -> run.want(Run.Wish.STOP);
      case REFUSED -> {
        run.want(Run.Wish.LET_GO);
        return;
      }
    }
    tools.parts().tell(document, rev, index, content);
    told = System.nanoTime();
  }

  private Texts.Heard keep(String content) {
    return tools
        .keeping()
        .insistence()
        .on(() -> {
          Texts.Heard heard = tools.keeping().texts().say(document, index, content, false);
          return heard == Texts.Heard.ALL_IS_NEEDED ? keepAll() : heard;
        });
  }

  /// Redis knows nothing of the run: it has lost it, or another replica has ended it, as one does
  /// with a replica that it takes for dead. Nobody is told anything more in that case.
  private Texts.Heard keepAll() {
    return tools.keeping().runs().isOwn(document)
        ? tools.keeping().texts().say(document, index, text.toString(), true)
        : Texts.Heard.REFUSED;
  }

  /// Who has missed the last part finds out by this.
  private Optional<Outcome> reminded() {
    if (index >= 0 && System.nanoTime() - told >= tools.config().runs().beat().toNanos()) {
      tools.parts().tell(document, rev, index, "");
      told = System.nanoTime();
    }
    return Optional.empty();
  }

  private long patience() {
    long usual =
        (first == 0 ? tools.config().timeouts().firstPart() : tools.config().timeouts().silence())
            .toNanos();
    return Math.max(1, Math.min(usual, left()));
  }

  private long left() {
    return tools.config().timeouts().whole().toNanos() - (System.nanoTime() - begun);
  }

  private Optional<Outcome> asWished() {
    return switch (run.wish()) {
      case STOP -> Optional.of(outcome(Optional.empty(), true, Optional.empty()));
      case INTERRUPT -> failed(Outcome.interrupted());
      case LET_GO -> Optional.empty();
      case GO_ON -> throw new IllegalStateException("nothing is wished");
    };
  }

  private Optional<Outcome> failed(ProviderFailure failure) {
    tools.oversight().metrics().providerFailed(failure.kind());
    return failed(failure.failure());
  }

  private Optional<Outcome> failed(Failure failure) {
    return Optional.of(outcome(Optional.empty(), false, Optional.of(failure)));
  }

  private Outcome outcome(Optional<AiUsage> usage, boolean stopped, Optional<Failure> failure) {
    return new Outcome(
        text.toString(),
        usage.orElseGet(this::estimated),
        stopped,
        failure,
        tools.clock().instant());
  }

  /// A provider that is hung up on, or fails, does not say what it has counted.
  private AiUsage estimated() {
    if (text.isEmpty()) {
      return new AiUsage(0, 0, 0);
    }
    int asked = prompt.stream().mapToInt(message -> Tokens.in(message.content())).sum();
    int answered = Tokens.in(text.toString());
    return new AiUsage(asked, answered, asked + answered);
  }
}

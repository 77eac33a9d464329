package io.chatterbox.bus;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/// Carries batches out: together, or one by one where one of them may be to blame for a failure.
/// Runs on the writer's thread and comes back when nothing of the batch is left to do here.
final class Batches {
  private static final Logger LOG = Logger.getLogger(Batches.class);

  private sealed interface Attempt {
    record Made(Outcome outcome, Delivery.Parcel parcel) implements Attempt {}

    record StoreAway(Throwable cause) implements Attempt {}

    record Failed(Throwable cause) implements Attempt {}
  }

  private final CommandProcessor processor;
  private final LoopControl control;
  private final Delivery delivery;
  private final Failures failures;
  private final LoopMetrics metrics;
  private final Traces traces;

  Batches(
      CommandProcessor processor,
      LoopControl control,
      Delivery delivery,
      Failures failures,
      LoopMetrics metrics,
      Traces traces) {
    this.traces = traces;
    this.processor = processor;
    this.control = control;
    this.delivery = delivery;
    this.failures = failures;
    this.metrics = metrics;
  }

  void handle(List<Work> batch) {
    List<Work> unsuspected = new ArrayList<>();
    for (Work work : batch) {
      if (work.isSuspect()) {
        together(unsuspected);
        unsuspected = new ArrayList<>();
        alone(work);
      } else {
        unsuspected.add(work);
      }
    }
    together(unsuspected);
  }

  private void together(List<Work> batch) {
    List<Held> holders = batch.stream().flatMap(work -> work.holders().stream()).toList();
    if (holders.isEmpty()) {
      return;
    }
    // so that the next owner knows, should these kill this process
    control.insist("note", () -> delivery.note(holders));
    List<Work> wanted = batch;
    for (int round = 0; !wanted.isEmpty(); round++) {
      switch (attempt(wanted)) {
        case Attempt.Made made -> {
          settle(wanted, made);
          return;
        }
        case Attempt.Failed(Throwable cause) -> {
          metrics.batchFailed();
          LOG.errorf(cause, "batch failed service=%s size=%d", processor.service(), wanted.size());
          wanted.forEach(this::alone);
          return;
        }
        case Attempt.StoreAway(Throwable cause) -> {
          awaitStore(round, cause);
          wanted = wanted.stream().filter(this::isStillWanted).toList();
        }
      }
    }
  }

  private void alone(Work work) {
    long triesBefore = triesOfTheKilled(work);
    if (triesBefore > 0) {
      bury(work, triesBefore, Failures.KILLED);
      return;
    }
    String reason = Failures.KILLED;
    for (int round = 0; isStillWanted(work); round++) {
      Long tries = control.insist("count", () -> failures.count(work));
      if (tries == null) {
        continue; // stopped: no longer wanted
      }
      if (tries > Failures.MOST_TRIES) {
        bury(work, Failures.MOST_TRIES, reason);
        return;
      }
      switch (attempt(List.of(work))) {
        case Attempt.Made made -> {
          failures.forget(work);
          settle(List.of(work), made);
          return;
        }
        case Attempt.Failed(Throwable cause) -> {
          LOG.errorf(cause, "command failed event=%s try=%d", work.command().event(), tries);
          reason = Failures.reason(cause);
        }
        case Attempt.StoreAway(Throwable cause) -> {
          control.insist("uncount", () -> failures.uncount(work));
          awaitStore(round, cause);
        }
      }
    }
  }

  /// How often it was tried alone, if it is too old to be tried again and the last who did so did
  /// not come back: owners take longer to die three times than a command may take. Else 0.
  private long triesOfTheKilled(Work work) {
    if (!work.isSuspect() || !isOurs(work) || isFresh(work)) {
      return 0;
    }
    Long tries = control.insist("tries", () -> failures.tries(work));
    return tries == null ? 0 : tries;
  }

  private Attempt attempt(List<Work> works) {
    try (Traces.Handling handling = traces.handling(processor.service(), works)) {
      Outcome outcome = processor.process(works.stream().map(Work::command).toList());
      return made(works, new Outcome(handling.followed(works, outcome), outcome.replies()));
    } catch (StoreAwayException e) {
      return new Attempt.StoreAway(e);
    } catch (Throwable e) {
      return new Attempt.Failed(e);
    }
  }

  private void awaitStore(int round, Throwable cause) {
    if (round == 0) {
      LOG.warnf("store away service=%s reason=%s", processor.service(), cause);
    }
    control.pause(round);
  }

  /// Ends a command that is not to be begun again: too old, another's, or the loop is stopped.
  private boolean isStillWanted(Work work) {
    boolean isOurs = isOurs(work);
    if (isOurs && isFresh(work)) {
      return true;
    }
    for (Held held : work.holders()) {
      if (isOurs) {
        metrics.stale();
        delivery.drop(held);
      } else {
        held.tenure().letGo(held.id());
        held.tenure().finished(1);
      }
    }
    return false;
  }

  private boolean isOurs(Work work) {
    return !control.isStopped()
        && work.holders().stream().anyMatch(held -> !held.tenure().isClosed());
  }

  private boolean isFresh(Work work) {
    return work.holders().stream().anyMatch(held -> !control.isStale(held));
  }

  private void bury(Work work, long tries, String reason) {
    metrics.dead();
    LOG.errorf("command given up event=%s id=%s", work.command().event(), work.command().id());
    control.insist("bury", () -> failures.bury(work, tries, reason));
    Outcome refused = new Outcome(List.of(), List.of(Failures.reply(work.command())));
    settle(List.of(work), made(List.of(work), refused));
  }

  /// What cannot be written counts as a failure of the commands, so it is written right away.
  private Attempt.Made made(List<Work> works, Outcome outcome) {
    Map<String, Reply> replies = new HashMap<>();
    outcome.replies().forEach(reply -> replies.put(reply.commandId(), reply));
    List<Delivery.Addressed> addressed = new ArrayList<>();
    for (Work work : works) {
      Reply reply = replies.get(work.command().id());
      if (reply == null) {
        LOG.errorf("no reply from the processor event=%s", work.command().event());
        reply = Failures.reply(work.command());
      }
      for (Held held : work.holders()) {
        addressed.add(new Delivery.Addressed(held.entry().replyTo(), reply));
      }
    }
    return new Attempt.Made(outcome, delivery.pack(outcome.publications(), addressed));
  }

  private void settle(List<Work> works, Attempt.Made made) {
    Map<Partition, Tenure> tenures = new HashMap<>();
    List<Held> done = new ArrayList<>();
    for (Work work : works) {
      for (Held held : work.holders()) {
        tenures.put(held.partition(), held.tenure());
        if (held.answered()) {
          done.add(held);
        }
      }
    }
    for (Publication publication : made.outcome().publications()) {
      if (publication.hint() instanceof Hint.Change change) {
        note(tenures, publication.key(), change.rev());
      }
    }
    control.insist("settle", () -> delivery.settle(made.parcel(), done));
    done.forEach(held -> held.tenure().letGo(held.id()));
    works.forEach(work -> work.holders().forEach(held -> held.tenure().finished(1)));
  }

  private void note(Map<Partition, Tenure> tenures, Key key, long rev) {
    Tenure tenure = tenures.get(processor.service().partitionOf(key));
    if (tenure != null) {
      tenure.changed(key, rev);
    }
  }
}

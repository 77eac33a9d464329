package io.chatterbox.chat.log;

import io.chatterbox.bus.PendingCommand;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// Reads commands, finds their handlers, and fetches what these want to know.
@Singleton
class Intake {
  private static final int MOST_STEPS = 3;

  private final Handlers handlers;
  private final Entries entries;
  private final Documents documents;
  private final Clock clock;

  Intake(Handlers handlers, Entries entries, Documents documents, Clock clock) {
    this.handlers = handlers;
    this.entries = entries;
    this.documents = documents;
    this.clock = clock;
  }

  Batch take(List<PendingCommand> commands) {
    return new Batch(commands.stream().map(this::job).toList(), clock.instant());
  }

  /// What these jobs want to know, as it is now. What is learned may make a handler want more.
  Fetched fetch(List<Job> jobs) {
    Fetched fetched = Fetched.nothing();
    int count = 0;
    for (int step = 0; step < MOST_STEPS; step++) {
      Wants wants = new Wants();
      for (Job job : jobs) {
        job.wants(fetched, wants);
      }
      if (wants.count() == count) {
        return fetched;
      }
      count = wants.count();
      fetched =
          new Fetched(
              entries.find(wants.entries()),
              documents.read(List.copyOf(wants.heads())),
              documents.others(wants.documents()));
    }
    return fetched;
  }

  private Job job(PendingCommand pending) {
    try {
      Record command = handlers.read(pending);
      return switch (handlers.of(command)) {
        case EntryHandler<?> handler -> new Job.Writing<>(pending, handler, command);
        case StateHandler<?> handler -> new Job.Setting<>(pending, handler, command);
        case AskHandler<?> _ ->
            throw new IllegalArgumentException(pending.event() + " changes nothing");
      };
    } catch (Refusal refusal) {
      return new Job.Hopeless(pending, refusal);
    }
  }
}

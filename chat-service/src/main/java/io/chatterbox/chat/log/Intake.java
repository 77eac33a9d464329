package io.chatterbox.chat.log;

import io.chatterbox.bus.PendingCommand;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/// Reads commands, finds their handlers, and fetches what these want to know.
@Singleton
class Intake {
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
    List<Job> jobs = commands.stream().map(this::job).toList();
    Wants wants = new Wants();
    jobs.forEach(job -> job.wants(wants));
    Fetched fetched =
        new Fetched(entries.find(wants.entries()), documents.read(List.copyOf(wants.heads())));
    return new Batch(jobs, fetched, clock.instant());
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

package io.chatterbox.bus;

import io.chatterbox.contract.Partition;
import java.util.concurrent.atomic.AtomicInteger;

/// An entry in hand: read from its stream and not yet deleted there.
final class Held {
  private final Tenure tenure;
  private final Entries.Read entry;
  private final AtomicInteger open;

  Held(Tenure tenure, Entries.Read entry) {
    this.tenure = tenure;
    this.entry = entry;
    this.open = new AtomicInteger(entry.items().size());
  }

  Tenure tenure() {
    return tenure;
  }

  Entries.Read entry() {
    return entry;
  }

  Partition partition() {
    return tenure.partition();
  }

  StreamId id() {
    return entry.id();
  }

  /// Whether an owner that did not finish had begun it.
  boolean isSuspect() {
    return tenure.suspects(entry.id());
  }

  PendingCommand command(CommandItem item) {
    return new PendingCommand(
        entry.key(), entry.caller(), item.id(), item.event(), item.body(), item.trace());
  }

  /// One of its commands needs nothing more but, perhaps, the deletion of the entry.
  ///
  /// @return whether none is left, so that the entry may be deleted
  boolean answered() {
    return open.decrementAndGet() == 0;
  }
}

package io.chatterbox.bus;

import io.chatterbox.contract.Partition;
import java.util.ArrayList;
import java.util.List;

/// A command to be done, with the entries that it stands in: more than one when it was appended
/// again.
///
/// @param holders at least one
record Work(PendingCommand command, List<Held> holders) {
  Work {
    holders = List.copyOf(holders);
  }

  /// Whether the other one is a repeat of this command.
  boolean isSameAs(Work other) {
    return command.id().equals(other.command.id())
        && command.event().equals(other.command.event())
        && command.key().equals(other.command.key());
  }

  /// This command with the entries of a repeat, which are to be answered too.
  Work with(Work repeat) {
    List<Held> all = new ArrayList<>(holders);
    all.addAll(repeat.holders);
    return new Work(command, all);
  }

  Partition partition() {
    return holders.getFirst().partition();
  }

  /// Whether an owner that did not finish had begun it.
  boolean isSuspect() {
    return holders.stream().anyMatch(Held::isSuspect);
  }
}

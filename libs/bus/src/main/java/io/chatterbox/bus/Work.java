package io.chatterbox.bus;

import io.chatterbox.contract.Partition;
import java.util.List;

/// A command to be done, with the entries that it stands in: more than one when it was appended
/// again.
///
/// @param holders at least one
record Work(PendingCommand command, List<Held> holders) {
  Work {
    holders = List.copyOf(holders);
  }

  Partition partition() {
    return holders.getFirst().partition();
  }

  /// Whether an owner that did not finish had begun it.
  boolean isSuspect() {
    return holders.stream().anyMatch(Held::isSuspect);
  }
}

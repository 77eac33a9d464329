package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads a key's log where hints are missing.
@FunctionalInterface
interface LogReader {
  /// Changes to read at once.
  int PAGE = 200;

  /// The next changes after a `rev`, in order and without a hole.
  ///
  /// @param page called once, on the hub; empty when there was no answer
  void read(Key key, long after, Consumer<Optional<List<Hint.Change>>> page);
}

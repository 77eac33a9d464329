package io.chatterbox.bus;

import jakarta.inject.Singleton;

/// Reads the commands of the partitions that this replica owns and hands them to its service's
/// [CommandProcessor].
@Singleton
@SuppressWarnings("DoNotCallSuggester") // the insides follow
public final class CommandLoop {

  /// Begins; called once, when the service is able to work. Does not wait for Redis.
  public void start(CommandProcessor processor) {
    throw new UnsupportedOperationException();
  }

  /// Hands the partitions over after the batch in hand. Blocks until that is done; called by itself
  /// when the application stops.
  public void drain() {
    throw new UnsupportedOperationException();
  }
}

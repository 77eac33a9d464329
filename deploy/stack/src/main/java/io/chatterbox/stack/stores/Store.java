package io.chatterbox.stack.stores;

import java.util.List;

/// A Redis or MongoDB to be used.
public sealed interface Store {

  /// Where clients reach it: `redis://…` or `mongodb://…`.
  String url();

  /// Which one it is, in a few words for people.
  String description();

  /// Somebody else runs it.
  record External(String url, String description) implements Store {}

  /// To be started on loopback.
  ///
  /// @param command program and arguments; it runs in the foreground until it is told to end
  record Local(String url, String description, List<String> command, int port) implements Store {
    public Local {
      command = List.copyOf(command);
    }
  }
}

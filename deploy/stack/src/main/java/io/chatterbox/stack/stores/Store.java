package io.chatterbox.stack.stores;

import java.util.List;
import java.util.Map;

/// A Redis or MongoDB to be used.
public sealed interface Store {

  /// Where clients reach it: `redis://…` or `mongodb://…`; several are separated by commas.
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

  /// Processes to be started on loopback that make one store together.
  ///
  /// @param settings what clients have to be told besides the address
  record Several(String url, String description, List<Local> members, Map<String, String> settings)
      implements Store {
    public Several {
      members = List.copyOf(members);
      settings = Map.copyOf(settings);
    }
  }
}

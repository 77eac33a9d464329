package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import java.util.List;

/// What is appended to a command stream at once: commands of one caller about one key, in order.
public record CommandEntry(Service service, Key key, Caller caller, List<CommandItem> items) {
  public CommandEntry {
    items = List.copyOf(items);
    if (items.isEmpty()) {
      throw new IllegalArgumentException("an entry holds at least one command");
    }
  }
}

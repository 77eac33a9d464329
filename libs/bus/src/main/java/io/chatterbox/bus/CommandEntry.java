package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import java.util.List;

/// What is appended to a command stream at once: commands of one caller about one key, in order.
///
/// @param items 1 to [#MOST_ITEMS]
public record CommandEntry(Service service, Key key, Caller caller, List<CommandItem> items) {
  /// The script that appends takes no more.
  public static final int MOST_ITEMS = 256;

  public CommandEntry {
    items = List.copyOf(items);
    if (items.isEmpty() || items.size() > MOST_ITEMS) {
      throw new IllegalArgumentException("an entry holds 1 to 256 commands");
    }
  }
}

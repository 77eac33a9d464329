package io.chatterbox.contract;

import java.util.List;

/// What a partition's owner says each second.
///
/// @param owner the replica's name
/// @param number 1, 2, 3 … for each owner and take-over
/// @param changed the keys that changed since the third last beat, with their `rev`
public record Beat(String owner, long number, List<ChatCommand.Head> changed) {
  public Beat {
    changed = List.copyOf(changed);
  }
}

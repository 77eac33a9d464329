package io.chatterbox.chat.log;

import io.chatterbox.contract.Hint;
import java.util.List;
import java.util.Optional;

/// One kind of entry: what it does to the key's state, and what clients are told.
///
/// @param <S> the state of the keys that have such entries
public interface EntryKind<S extends KeyState> {

  /// As stored in [Entry#kind].
  String name();

  /// The state with this entry. The state is empty for the first entry of a key. Has to come to the
  /// same whenever it is called.
  S apply(Optional<S> state, Entry entry);

  /// What is published about these entries, in the same order, one for each.
  List<Hint.Change> told(List<Entry> entries);

  /// What else has to be stored before the entry counts as applied.
  default List<SideWrite> alongside(Entry entry) {
    return List.of();
  }

  /// Called when the entry and all that follows from it are stored.
  default void applied(Entry entry) {}
}

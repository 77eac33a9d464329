package io.chatterbox.chat.log;

import io.chatterbox.contract.Key;
import java.util.Map;
import java.util.Optional;

/// A key as it is after a certain entry.
///
/// @param rev of its last entry; 0 when there is none
/// @param seq of its last message; 0 when there is none
/// @param state empty as long as there is no entry
public record Head(Key key, long rev, long seq, Optional<KeyState> state) {

  /// A key without entries.
  public static Head none(Key key) {
    return new Head(key, 0, 0, Optional.empty());
  }

  /// The head of a key among others; one without entries when it is not there.
  public static Head in(Map<Key, Head> heads, Key key) {
    Head head = heads.get(key);
    return head == null ? none(key) : head;
  }

  public <S extends KeyState> Optional<S> state(Class<S> type) {
    return state.map(type::cast);
  }

  public boolean exists() {
    return rev > 0;
  }
}

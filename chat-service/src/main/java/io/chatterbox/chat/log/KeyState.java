package io.chatterbox.chat.log;

/// What the entries of a key have come to, without the numbers. Immutable.
public interface KeyState {

  /// About how much memory it takes, in units of one small record; at least 1.
  int weight();
}

package io.chatterbox.chat.members;

import io.chatterbox.chat.log.KeyState;

/// What a user's own log has come to: nothing but its numbers.
record UserDocument() implements KeyState {

  @Override
  public int weight() {
    return 1;
  }
}

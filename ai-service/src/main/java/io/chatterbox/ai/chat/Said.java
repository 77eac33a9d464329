package io.chatterbox.ai.chat;

import io.chatterbox.contract.UserView;

/// A message of a conversation, as far as an assistant needs it.
///
/// @param type `text` of people, `ai` of the assistant
public record Said(UserView sender, String content, String type) {

  /// Whether the assistant said it.
  public boolean isAnswer() {
    return type.equals("ai");
  }
}

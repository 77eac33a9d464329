package io.chatterbox.chat.messages;

import io.chatterbox.contract.Key;

/// Which conversation a message's id is of.
final class MessageIds {
  private MessageIds() {}

  /// The conversation's id. For what is no message's id it is that text itself, which names none.
  static String conversationOf(String messageId) {
    int colon = messageId.lastIndexOf(':');
    try {
      Key key = Key.parse(messageId.substring(0, Math.max(0, colon)));
      return key.kind() == Key.Kind.CONVERSATION && !key.id().isEmpty() ? key.id() : messageId;
    } catch (IllegalArgumentException e) {
      return messageId;
    }
  }
}

package io.chatterbox.chat.messages;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;

/// The limits of a message's form that are settings, and so not known to the command's record.
@Singleton
public class MessageForm {
  private final ChatConfig.Limits limits;

  MessageForm(ChatConfig config) {
    limits = config.limits();
  }

  /// Checks the length.
  ///
  /// @param content trimmed
  /// @throws Refusal `VALIDATION_ERROR` when it is too long
  public void checkContent(String content) {
    if (content.codePointCount(0, content.length()) > limits.contentLength()) {
      throw Refusal.invalid("content takes at most " + limits.contentLength() + " characters.");
    }
  }

  int mostAttachments() {
    return limits.attachments();
  }

  /// Checks the number of attachments.
  ///
  /// @throws Refusal `VALIDATION_ERROR` when there are too many
  void checkAttachments(int count) {
    if (count > limits.attachments()) {
      throw Refusal.invalid("A message takes at most " + limits.attachments() + " attachments.");
    }
  }
}

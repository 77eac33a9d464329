package io.chatterbox.chat.members;

import io.chatterbox.chat.ChatConfig;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// The limits of a group's form that are settings.
@Singleton
class GroupForm {
  private final ChatConfig.Limits limits;

  GroupForm(ChatConfig config) {
    limits = config.limits();
  }

  /// Checks a name.
  ///
  /// @param name trimmed
  /// @throws Refusal `VALIDATION_ERROR`
  void checkName(String name) {
    if (name.codePointCount(0, name.length()) > limits.groupNameLength()) {
      throw Refusal.invalid("name takes 1 to " + limits.groupNameLength() + " characters.");
    }
  }

  void checkDescription(@Nullable String description) {
    if (description != null
        && description.codePointCount(0, description.length()) > limits.descriptionLength()) {
      throw Refusal.invalid(
          "description takes at most " + limits.descriptionLength() + " characters.");
    }
  }

  void checkSize(long participants) {
    if (participants > limits.groupSize()) {
      throw Refusal.invalid("A group takes at most " + limits.groupSize() + " participants.");
    }
  }
}

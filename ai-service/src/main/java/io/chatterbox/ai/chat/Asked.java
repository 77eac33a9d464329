package io.chatterbox.ai.chat;

import io.chatterbox.contract.RawJson;
import java.util.List;
import java.util.Optional;

/// A question as it is stored.
///
/// @param rev the conversation's `rev` of it
/// @param message as its asker sees it
/// @param runId the run that answers it; empty when it was an ordinary message before
/// @param context the conversation's newest messages up to it, oldest first
public record Asked(long rev, RawJson message, Optional<String> runId, List<Said> context) {
  public Asked {
    context = List.copyOf(context);
  }
}

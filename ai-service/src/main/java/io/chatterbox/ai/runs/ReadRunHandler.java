package io.chatterbox.ai.runs;

import io.chatterbox.contract.AiCommand.ReadRun;
import jakarta.inject.Singleton;
import java.util.Map;

/// `read-run`.
@Singleton
public class ReadRunHandler {
  private final Texts texts;

  ReadRunHandler(Texts texts) {
    this.texts = texts;
  }

  /// Handles it; blocks.
  ///
  /// @return a [Texts.Text], or nothing
  public Object handle(ReadRun command) {
    return texts.read(command.conversationId()).<Object>map(text -> text).orElse(Map.of());
  }
}

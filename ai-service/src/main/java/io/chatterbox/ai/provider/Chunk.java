package io.chatterbox.ai.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.RawJson;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One `chat.completion.chunk`, as far as it is used.
///
/// @param choices none in the chunk that tells the usage
/// @param error sent by some servers in place of a chunk when they fail midway
record Chunk(@Nullable List<Choice> choices, @Nullable Usage usage, @Nullable RawJson error) {
  Chunk {
    choices = choices == null ? null : List.copyOf(choices);
  }

  record Choice(
      @Nullable Delta delta, @JsonProperty("finish_reason") @Nullable String finishReason) {}

  record Delta(@Nullable String content) {}

  record Usage(
      @JsonProperty("prompt_tokens") @Nullable Integer promptTokens,
      @JsonProperty("completion_tokens") @Nullable Integer completionTokens) {

    AiUsage counted() {
      int prompt = Objects.requireNonNullElse(promptTokens, 0);
      int completion = Objects.requireNonNullElse(completionTokens, 0);
      return new AiUsage(prompt, completion, prompt + completion);
    }
  }

  /// The new text; empty when there is none.
  String text() {
    Choice choice = first();
    return choice == null || choice.delta() == null || choice.delta().content() == null
        ? ""
        : choice.delta().content();
  }

  boolean isFinish() {
    Choice choice = first();
    return choice != null && choice.finishReason() != null;
  }

  private @Nullable Choice first() {
    return choices == null || choices.isEmpty() ? null : choices.getFirst();
  }
}

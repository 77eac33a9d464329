package io.chatterbox.gateway.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import org.jspecify.annotations.Nullable;

/// `ai-stream`.
///
/// @param index 0, 1, 2 …
/// @param content what is new; empty, from a service, to say again how far the run has come
/// @param fullContent all so far, for who has not heard it
@Told("ai-stream")
@Shape(name = "AiStream")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Part(
    String conversationId, String runId, int index, String content, @Nullable String fullContent) {

  /// Everything up to this index.
  static Part whole(String conversationId, String runId, int index, String all) {
    return new Part(conversationId, runId, index, all, all);
  }
}

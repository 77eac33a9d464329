package io.chatterbox.contract;

import static io.chatterbox.contract.ErrorCode.AI_DISABLED;
import static io.chatterbox.contract.ErrorCode.CONFLICT;
import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.RATE_LIMITED;
import static io.chatterbox.contract.Key.Kind.CONVERSATION;

import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import org.jspecify.annotations.Nullable;

/// What ai-service is asked to do.
public sealed interface AiCommand {

  /// Ask the assistant. Reply: `{message, runId}`.
  @Refuses({NOT_FOUND, FORBIDDEN, CONFLICT, AI_DISABLED, RATE_LIMITED})
  @Command(event = "ai-message", key = "conversationId", kind = CONVERSATION, asks = true)
  record AiMessage(
      @Shape(least = 1) String conversationId,
      @Shape(least = 1, most = 8_000, setting = "chatterbox.chat.limits.content-length")
          String content,
      @Shape(least = 1, most = 64) @Nullable String clientMessageId)
      implements AiCommand {
    public AiMessage {
      conversationId = Input.required(conversationId, "conversationId");
      content = Input.trimmed(content, "content");
      clientMessageId = Input.clientMessageId(clientMessageId);
    }
  }

  /// Stop the run of a conversation. Reply: `{stopped}`.
  @Refuses(NOT_FOUND)
  @Command(event = "ai-stop", key = "conversationId", kind = CONVERSATION, asks = true)
  record AiStop(@Shape(least = 1) String conversationId, @Nullable String runId)
      implements AiCommand {
    public AiStop {
      conversationId = Input.required(conversationId, "conversationId");
      runId = Input.optional(runId, "runId");
    }
  }

  /// What the conversation's run has said so far (gateways). Reply: `{runId, index, content}`, all
  /// of it up to the part of that number; `{}` when nothing is running or nothing was said yet.
  @Command(
      event = "read-run",
      key = "conversationId",
      kind = CONVERSATION,
      internal = true,
      asks = true)
  record ReadRun(String conversationId) implements AiCommand {
    public ReadRun {
      conversationId = Input.required(conversationId, "conversationId");
    }
  }
}

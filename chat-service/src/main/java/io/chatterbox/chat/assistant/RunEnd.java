package io.chatterbox.chat.assistant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.ChatCommand.EndRun;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// How a run ended, as the log keeps it.
record RunEnd(
    String runId, String askerId, AiUsage usage, boolean stopped, Optional<Failure> error) {

  static RunEnd of(EndRun command) {
    return new RunEnd(
        command.runId(),
        command.askerId(),
        command.usage(),
        command.stopped(),
        Optional.ofNullable(command.error()));
  }

  static RunEnd of(Document document) {
    Document error = document.get("error", Document.class);
    return new RunEnd(
        document.getString("id"),
        document.getString("asker"),
        new AiUsage(
            document.getInteger("promptTokens"),
            document.getInteger("completionTokens"),
            document.getInteger("totalTokens")),
        document.getBoolean("stopped"),
        error == null
            ? Optional.empty()
            : Optional.of(
                new Failure(
                    ErrorCode.valueOf(error.getString("code")),
                    error.getString("message"),
                    error.getLong("retryAfterMs"))));
  }

  Document document() {
    Document document =
        new Document("id", runId)
            .append("asker", askerId)
            .append("promptTokens", usage.promptTokens())
            .append("completionTokens", usage.completionTokens())
            .append("totalTokens", usage.totalTokens())
            .append("stopped", stopped);
    error.ifPresent(failure ->
        document.append(
            "error",
            new Document("code", failure.code().name())
                .append("message", failure.message())
                .append("retryAfterMs", failure.retryAfterMs())));
    return document;
  }

  /// `ai-complete`.
  @Told("ai-complete")
  @Shape(name = "AiComplete")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Complete(
      String conversationId,
      String runId,
      @Nullable String messageId,
      String content,
      AiUsage usage,
      boolean stopped) {}

  /// `ai-error`.
  @Told("ai-error")
  @Shape(name = "AiError")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Failed(
      String conversationId,
      @Shape(optional = true) String runId,
      @Nullable String messageId,
      ErrorCode code,
      String message,
      @Nullable Long retryAfterMs) {}

  /// The name of the event that tells it.
  String event() {
    return error.isPresent() ? "ai-error" : "ai-complete";
  }

  /// The payload of that event.
  Object payload(Entry entry, String content) {
    String conversationId = entry.key().id();
    String messageId = entry.isMessage() ? entry.id() : null;
    return error
        .<Object>map(failure ->
            new Failed(
                conversationId,
                runId,
                messageId,
                failure.code(),
                failure.message(),
                failure.retryAfterMs()))
        .orElseGet(() -> new Complete(conversationId, runId, messageId, content, usage, stopped));
  }
}

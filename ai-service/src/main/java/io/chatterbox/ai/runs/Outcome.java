package io.chatterbox.ai.runs;

import io.chatterbox.contract.AiUsage;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;

/// How a run ended.
///
/// @param content all that was shown
/// @param error why it failed; empty when it was completed or stopped
/// @param at when
record Outcome(
    String content, AiUsage usage, boolean stopped, Optional<Failure> error, Instant at) {

  /// What people are told of a run whose replica went away.
  static Failure interrupted() {
    return new Failure(
        ErrorCode.SERVER_ERROR, "The assistant was interrupted. Please ask again.", null);
  }

  /// What people are told of a run that waited for its turn in vain.
  static Failure tooLongAQueue() {
    return new Failure(
        ErrorCode.RATE_LIMITED, "The assistant is busy. Please ask again in a moment.", 1_000L);
  }

  /// What people are told of an answer that moderation has objected to.
  static Failure moderated() {
    return new Failure(
        ErrorCode.AI_PROVIDER_ERROR,
        "The assistant's answer was ended because of what it was about to say.",
        null);
  }

  /// The end of a run of which no more is known.
  static Outcome lost(Instant at) {
    return new Outcome("", new AiUsage(0, 0, 0), false, Optional.of(interrupted()), at);
  }

  /// The same, but because somebody stopped it.
  Outcome asStopped() {
    return new Outcome(content, usage, true, Optional.empty(), at);
  }

  Document document() {
    Document document =
        new Document("content", content)
            .append("promptTokens", usage.promptTokens())
            .append("completionTokens", usage.completionTokens())
            .append("stopped", stopped)
            .append("at", Date.from(at));
    error.ifPresent(failure ->
        document.append(
            "error",
            new Document("code", failure.code().name())
                .append("message", failure.message())
                .append("retryAfterMs", failure.retryAfterMs())));
    return document;
  }

  static Outcome of(Document document) {
    int prompt = document.getInteger("promptTokens");
    int completion = document.getInteger("completionTokens");
    return new Outcome(
        document.getString("content"),
        new AiUsage(prompt, completion, prompt + completion),
        document.getBoolean("stopped"),
        Optional.ofNullable(document.get("error", Document.class))
            .map(error ->
                new Failure(
                    ErrorCode.valueOf(error.getString("code")),
                    error.getString("message"),
                    error.getLong("retryAfterMs"))),
        document.getDate("at").toInstant());
  }
}

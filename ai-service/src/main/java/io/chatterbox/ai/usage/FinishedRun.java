package io.chatterbox.ai.usage;

import io.chatterbox.contract.AiUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import org.bson.Document;

/// A run that is over, in the collection `finished`. What was said is not kept here.
///
/// @param result `complete`, `stopped` or the code of an error
/// @param at when it ended
/// @param took from the question to the end
public record FinishedRun(
    String runId,
    String conversationId,
    String askerId,
    AiUsage usage,
    String result,
    Instant at,
    Duration took) {

  /// Days are those of UTC. All of a user's day have `_id`s that begin alike.
  static String idsOf(String askerId, LocalDate day) {
    return askerId + "/" + day + "/";
  }

  Document document() {
    return new Document("_id", idsOf(askerId, LocalDate.ofInstant(at, ZoneOffset.UTC)) + runId)
        .append("conversationId", conversationId)
        .append("promptTokens", usage.promptTokens())
        .append("completionTokens", usage.completionTokens())
        .append("result", result)
        .append("at", Date.from(at))
        .append("tookMs", took.toMillis());
  }
}

package io.chatterbox.ai.runs;

import io.chatterbox.contract.Caller;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;

/// A run that is not over, in the collection `runs`. The conversation is its `_id`, so there is one
/// at most.
///
/// @param writer the incarnation of the replica that writes its text
/// @param asked whether the question is known to be stored
/// @param stop whether somebody wants it stopped
/// @param outcome how it ends, once that is decided
record RunDocument(
    String conversationId,
    String runId,
    Question question,
    String writer,
    boolean asked,
    boolean stop,
    Optional<Outcome> outcome) {

  /// Where a run comes from.
  ///
  /// @param askerId whose question it is
  /// @param commandId the bus's id of `ai-message`
  /// @param clientMessageId the client's, if it gave one
  record Question(
      String askerId,
      String username,
      String commandId,
      Optional<String> clientMessageId,
      Instant at) {

    Caller asker() {
      return new Caller(askerId, username, "", "");
    }

    /// Whether both are the same command of the same person.
    boolean isSameAs(Question other) {
      return askerId.equals(other.askerId)
          && (clientMessageId.isPresent()
              ? clientMessageId.equals(other.clientMessageId)
              : other.clientMessageId.isEmpty() && commandId.equals(other.commandId));
    }
  }

  /// Another run of the same question.
  RunDocument withId(String otherId) {
    return new RunDocument(conversationId, otherId, question, writer, asked, stop, outcome);
  }

  Document document() {
    Document document =
        new Document("_id", conversationId)
            .append("runId", runId)
            .append("askerId", question.askerId())
            .append("username", question.username())
            .append("commandId", question.commandId())
            .append("askedAt", Date.from(question.at()))
            .append("writer", writer)
            .append("asked", asked)
            .append("stop", stop);
    question.clientMessageId().ifPresent(id -> document.append("clientMessageId", id));
    outcome.ifPresent(end -> document.append("outcome", end.document()));
    return document;
  }

  static RunDocument of(Document document) {
    return new RunDocument(
        document.getString("_id"),
        document.getString("runId"),
        new Question(
            document.getString("askerId"),
            document.getString("username"),
            document.getString("commandId"),
            Optional.ofNullable(document.getString("clientMessageId")),
            document.getDate("askedAt").toInstant()),
        document.getString("writer"),
        document.getBoolean("asked"),
        document.getBoolean("stop"),
        Optional.ofNullable(document.get("outcome", Document.class)).map(Outcome::of));
  }
}

package io.chatterbox.chat.history;

import io.chatterbox.chat.log.Entry;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// What the log keeps of a message, besides its numbers, sender and time.
///
/// @param username the sender's name as it was when written
/// @param type `text`, `ai` or `system`
/// @param mentions ids of the people it names
/// @param replyTo id of the message that it answers
/// @param run what belongs to an assistant run: the question keeps its id, the answer its end
public record MessageDocument(
    String username,
    String content,
    String type,
    List<String> mentions,
    Optional<String> replyTo,
    Optional<Document> run) {

  public static final String TEXT = "text";
  public static final String AI = "ai";

  public MessageDocument {
    mentions = List.copyOf(mentions);
  }

  /// A message of a person.
  public static MessageDocument text(String username, String content) {
    return new MessageDocument(
        username, content, TEXT, List.of(), Optional.empty(), Optional.empty());
  }

  public static MessageDocument of(Entry entry) {
    Document body = entry.body();
    return new MessageDocument(
        body.getString("username"),
        body.getString("content"),
        body.getString("type"),
        body.getList("mentions", String.class, List.of()),
        Optional.ofNullable(body.getString("replyTo")),
        Optional.ofNullable(body.get("run", Document.class)));
  }

  public Document document() {
    Document body =
        new Document("username", username).append("content", content).append("type", type);
    if (!mentions.isEmpty()) {
      body.append("mentions", mentions);
    }
    replyTo.ifPresent(id -> body.append("replyTo", id));
    run.ifPresent(about -> body.append("run", about));
    return body;
  }
}

package io.chatterbox.chat.history;

import io.chatterbox.chat.log.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    Optional<Document> run,
    List<Attachment> attachments,
    List<Reaction> reactions,
    Optional<ForwardedFrom> forwardedFrom,
    Optional<Instant> editedAt,
    Optional<Instant> deletedAt) {

  public static final String TEXT = "text";
  public static final String AI = "ai";

  public MessageDocument {
    mentions = List.copyOf(mentions);
    attachments = List.copyOf(attachments);
    reactions = List.copyOf(reactions);
  }

  /// A message that carries nothing.
  public MessageDocument(
      String username,
      String content,
      String type,
      List<String> mentions,
      Optional<String> replyTo,
      Optional<Document> run) {
    this(
        username,
        content,
        type,
        mentions,
        replyTo,
        run,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
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
        Optional.ofNullable(body.get("run", Document.class)),
        documents(body, "attachments").map(Attachment::of).toList(),
        documents(body, "reactions").map(Reaction::of).toList(),
        Optional.ofNullable(body.get("forwardedFrom", Document.class)).map(ForwardedFrom::of),
        Optional.ofNullable(body.getDate("editedAt")).map(Date::toInstant),
        Optional.ofNullable(body.getDate("deletedAt")).map(Date::toInstant));
  }

  public boolean isDeleted() {
    return deletedAt.isPresent();
  }

  /// With files.
  public MessageDocument carrying(List<Attachment> files) {
    return new MessageDocument(
        username,
        content,
        type,
        mentions,
        replyTo,
        run,
        files,
        reactions,
        forwardedFrom,
        editedAt,
        deletedAt);
  }

  /// As a copy of another message.
  public MessageDocument from(ForwardedFrom origin) {
    return new MessageDocument(
        username,
        content,
        type,
        mentions,
        replyTo,
        run,
        attachments,
        reactions,
        Optional.of(origin),
        editedAt,
        deletedAt);
  }

  /// With another content.
  public MessageDocument edited(String other, List<String> named, Instant at) {
    return new MessageDocument(
        username,
        other,
        type,
        named,
        replyTo,
        run,
        attachments,
        reactions,
        forwardedFrom,
        Optional.of(at),
        deletedAt);
  }

  /// Emptied. It keeps its place.
  public MessageDocument deleted(Instant at) {
    return new MessageDocument(
        username,
        "",
        type,
        List.of(),
        replyTo,
        run,
        List.of(),
        List.of(),
        forwardedFrom,
        editedAt,
        Optional.of(at));
  }

  public boolean hasReaction(String emoji, String userId) {
    return reactions.stream()
        .anyMatch(
            reaction -> reaction.emoji().equals(emoji) && reaction.userIds().contains(userId));
  }

  /// With somebody's reaction, or without it.
  public MessageDocument reacted(String emoji, String userId, boolean added) {
    List<Reaction> changed = new ArrayList<>();
    boolean isNew = added;
    for (Reaction reaction : reactions) {
      List<String> userIds = new ArrayList<>(reaction.userIds());
      if (reaction.emoji().equals(emoji)) {
        isNew = false;
        userIds.remove(userId);
        if (added) {
          userIds.add(userId);
        }
      }
      if (!userIds.isEmpty()) {
        changed.add(new Reaction(reaction.emoji(), userIds));
      }
    }
    if (isNew) {
      changed.add(new Reaction(emoji, List.of(userId)));
    }
    return new MessageDocument(
        username,
        content,
        type,
        mentions,
        replyTo,
        run,
        attachments,
        changed,
        forwardedFrom,
        editedAt,
        deletedAt);
  }

  public Document document() {
    Document body =
        new Document("username", username).append("content", content).append("type", type);
    if (!mentions.isEmpty()) {
      body.append("mentions", mentions);
    }
    replyTo.ifPresent(id -> body.append("replyTo", id));
    run.ifPresent(about -> body.append("run", about));
    if (!attachments.isEmpty()) {
      body.append("attachments", attachments.stream().map(Attachment::document).toList());
    }
    if (!reactions.isEmpty()) {
      body.append("reactions", reactions.stream().map(Reaction::document).toList());
    }
    forwardedFrom.ifPresent(origin -> body.append("forwardedFrom", origin.document()));
    editedAt.ifPresent(at -> body.append("editedAt", Date.from(at)));
    deletedAt.ifPresent(at -> body.append("deletedAt", Date.from(at)));
    return body;
  }

  private static Stream<Document> documents(Document body, String field) {
    return body.getList(field, Document.class, List.of()).stream();
  }
}

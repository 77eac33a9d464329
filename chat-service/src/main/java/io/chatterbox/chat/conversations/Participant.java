package io.chatterbox.chat.conversations;

import io.chatterbox.chat.log.Entry;
import io.chatterbox.contract.ChatCommand.Person;
import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Someone in a conversation.
///
/// @param username as it was when he came in; newer names come from auth-service
/// @param role `admin` or `member`
/// @param addedBy who brought him in; he himself when he made the conversation
/// @param isGone whether he has deleted his account
public record Participant(
    String id,
    String username,
    @Nullable String avatar,
    String role,
    Instant joinedAt,
    String addedBy,
    boolean isGone) {

  public static final String MEMBER = "member";
  public static final String ADMIN = "admin";

  /// A person who comes in by this entry.
  ///
  /// @param person as [#document(Person)] wrote it
  public static Participant coming(Document person, String role, Entry by) {
    return new Participant(
        person.getString("_id"),
        person.getString("username"),
        person.getString("avatar"),
        role,
        by.at(),
        by.sender(),
        false);
  }

  /// How an entry keeps a person.
  public static Document document(Person person) {
    Document document = new Document("_id", person.userId()).append("username", person.username());
    if (person.avatar() != null) {
      document.append("avatar", person.avatar());
    }
    return document;
  }

  public boolean isAdmin() {
    return role.equals(ADMIN);
  }

  Participant as(String otherRole) {
    return new Participant(id, username, avatar, otherRole, joinedAt, addedBy, isGone);
  }

  Participant gone() {
    return new Participant(id, username, avatar, role, joinedAt, addedBy, true);
  }

  static Participant of(Document document) {
    return new Participant(
        document.getString("_id"),
        document.getString("username"),
        document.getString("avatar"),
        document.getString("role"),
        document.getDate("joinedAt").toInstant(),
        document.getString("addedBy"),
        document.getBoolean("gone", false));
  }

  Document document() {
    Document document = document(new Person(id, username, avatar));
    document
        .append("role", role)
        .append("joinedAt", Date.from(joinedAt))
        .append("addedBy", addedBy);
    if (isGone) {
      document.append("gone", true);
    }
    return document;
  }
}

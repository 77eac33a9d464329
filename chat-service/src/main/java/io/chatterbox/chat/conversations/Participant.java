package io.chatterbox.chat.conversations;

import java.time.Instant;
import java.util.Date;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Someone in a conversation.
///
/// @param username as it was when he came in; newer names come from auth-service
/// @param role `admin` or `member`
/// @param addedBy who brought him in; he himself when he made the conversation
public record Participant(
    String id,
    String username,
    @Nullable String avatar,
    String role,
    Instant joinedAt,
    String addedBy) {

  public static final String MEMBER = "member";

  static Participant of(Document document) {
    return new Participant(
        document.getString("_id"),
        document.getString("username"),
        document.getString("avatar"),
        document.getString("role"),
        document.getDate("joinedAt").toInstant(),
        document.getString("addedBy"));
  }

  Document document() {
    Document document = new Document("_id", id).append("username", username);
    if (avatar != null) {
      document.append("avatar", avatar);
    }
    return document
        .append("role", role)
        .append("joinedAt", Date.from(joinedAt))
        .append("addedBy", addedBy);
  }
}

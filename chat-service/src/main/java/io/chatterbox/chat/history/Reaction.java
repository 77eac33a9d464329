package io.chatterbox.chat.history;

import java.util.List;
import org.bson.Document;

/// Who has reacted to a message with this emoji, in the order in which they did.
public record Reaction(String emoji, List<String> userIds) {
  public Reaction {
    userIds = List.copyOf(userIds);
  }

  static Reaction of(Document document) {
    return new Reaction(document.getString("emoji"), document.getList("userIds", String.class));
  }

  Document document() {
    return new Document("emoji", emoji).append("userIds", userIds);
  }
}

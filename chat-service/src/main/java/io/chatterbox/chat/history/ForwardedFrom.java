package io.chatterbox.chat.history;

import io.chatterbox.contract.UserView;
import org.bson.Document;

/// The first message of which this one is a copy.
public record ForwardedFrom(String messageId, UserView sender) {

  static ForwardedFrom of(Document document) {
    return new ForwardedFrom(
        document.getString("messageId"),
        new UserView(document.getString("senderId"), document.getString("username")));
  }

  Document document() {
    return new Document("messageId", messageId)
        .append("senderId", sender.id())
        .append("username", sender.username());
  }
}

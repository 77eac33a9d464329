package io.chatterbox.chat.conversations;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.chatterbox.chat.log.KeyStore;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/// The collection `conversations`.
@Singleton
public class Conversations implements KeyStore<ConversationDocument> {
  private static final int IDS_AT_ONCE = 1000;

  private final MongoDatabase database;

  Conversations(MongoDatabase database) {
    this.database = database;
  }

  @Override
  public Key.Kind kind() {
    return Key.Kind.CONVERSATION;
  }

  @Override
  public String collection() {
    return "conversations";
  }

  @Override
  public ConversationDocument read(Document document) {
    Map<String, ConversationDocument.Own> own = new HashMap<>();
    Document counts = document.get("own", new Document());
    for (String user : counts.keySet()) {
      Document count = counts.get(user, Document.class);
      own.put(user, new ConversationDocument.Own(count.getLong("count"), count.getLong("last")));
    }
    return new ConversationDocument(
        document.getString("type"),
        Optional.ofNullable(document.get("title", Document.class)).map(Conversations::title),
        Participants.of(document.get("members", Document.class)),
        document.getString("createdBy"),
        document.getDate("createdAt").toInstant(),
        document.getLong("lastMessage"),
        document.getDate("activity").toInstant(),
        document.get("lastDeleted", 0L),
        own);
  }

  private static ConversationDocument.Title title(Document document) {
    return new ConversationDocument.Title(
        document.getLong("rev"),
        document.getString("name"),
        Optional.ofNullable(document.getString("description")));
  }

  private static Document document(ConversationDocument.Title title) {
    Document document = new Document("rev", title.rev()).append("name", title.name());
    title.description().ifPresent(text -> document.append("description", text));
    return document;
  }

  @Override
  public Document changes(Optional<ConversationDocument> before, ConversationDocument after) {
    Document fields =
        new Document("lastMessage", after.lastMessage())
            .append("activity", Date.from(after.activity()));
    if (before.isEmpty()) {
      fields
          .append("type", after.type())
          .append("createdBy", after.createdBy())
          .append("createdAt", Date.from(after.createdAt()));
    }
    if (before.map(ConversationDocument::participants).orElse(null) != after.participants()) {
      fields.append("members", after.participants().document());
    }
    if (!before.map(state -> state.title().equals(after.title())).orElse(after.title().isEmpty())) {
      after.title().ifPresent(title -> fields.append("title", document(title)));
    }
    if (after.lastDeleted() > 0) {
      fields.append("lastDeleted", after.lastDeleted());
    }
    after
        .own()
        .forEach((user, own) -> {
          if (!before.map(state -> state.ownOf(user).equals(own)).orElse(false)) {
            fields
                .append("own." + user + ".count", own.count())
                .append("own." + user + ".last", own.lastSeq());
          }
        });
    return fields;
  }

  /// A conversation's place in somebody's list.
  ///
  /// @param applied the `rev` up to which this is known
  record Listed(String id, Instant activity, long applied) {}

  /// Those of these conversations that the user takes part in, as their documents say.
  ///
  /// @param type only of this type; empty: all
  List<Listed> list(List<String> ids, String userId, String type) {
    List<Listed> listed = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += IDS_AT_ONCE) {
      for (Document document :
          database
              .getCollection(collection())
              .find(in("_id", ids.subList(i, Math.min(ids.size(), i + IDS_AT_ONCE))))
              .projection(Projections.include("type", "activity", "applied", "members.list._id"))) {
        boolean takesPart =
            document.get("members", Document.class).getList("list", Document.class).stream()
                .anyMatch(member -> userId.equals(member.getString("_id")));
        if (takesPart && (type.isEmpty() || type.equals(document.getString("type")))) {
          listed.add(
              new Listed(
                  document.getString("_id"),
                  document.getDate("activity").toInstant(),
                  document.getLong("applied")));
        }
      }
    }
    return listed;
  }
}

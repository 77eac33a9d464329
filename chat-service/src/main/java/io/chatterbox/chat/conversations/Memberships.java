package io.chatterbox.chat.conversations;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.chatterbox.chat.log.SideWrite;
import jakarta.inject.Singleton;
import java.util.List;
import org.bson.Document;

/// The collection `memberships`: for each user the conversations that he is in, and perhaps some
/// that he has left. Who is in a conversation says the conversation alone, so readers check.
@Singleton
public class Memberships {
  private static final String COLLECTION = "memberships";

  private final MongoDatabase database;

  Memberships(MongoDatabase database) {
    this.database = database;
  }

  /// Notes that a user is in a conversation, as part of the change that brings him in.
  public SideWrite added(String userId, String conversationId) {
    return new SideWrite(
        COLLECTION,
        new UpdateOneModel<>(
            eq("_id", userId),
            Updates.addToSet("conversations", conversationId),
            new UpdateOptions().upsert(true)));
  }

  /// Ids of conversations in which the user may be; none is missing.
  public List<String> of(String userId) {
    Document found = database.getCollection(COLLECTION).find(eq("_id", userId)).first();
    return found == null ? List.of() : found.getList("conversations", String.class, List.of());
  }
}

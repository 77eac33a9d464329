package io.chatterbox.chat.conversations;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.chatterbox.chat.log.Entries;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.log.Upserts;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/// The collection `pointers`: how far each participant has read each conversation. Both numbers of
/// a pointer only grow, so writers need no order among each other.
@Singleton
public class ReadPointers {
  private final MongoCollection<Document> pointers;
  private final Entries entries;

  ReadPointers(MongoDatabase database, Entries entries) {
    pointers = database.getCollection("pointers");
    this.entries = entries;
  }

  /// Whose pointer where.
  public record Place(String conversationId, String userId) {
    String id() {
      return conversationId + ":" + userId;
    }
  }

  /// How far somebody has read.
  ///
  /// @param upTo `seq` of the last message read; 0 when none is
  /// @param own how many of the messages up to there are his own
  public record Pointer(long upTo, long own) {
    public static final Pointer NONE = new Pointer(0, 0);

    /// How many messages of the conversation are after it and not his own.
    public long unread(Head head, ConversationDocument conversation, String userId) {
      // the pointer may have been moved after the head was read
      return Math.max(0, (head.seq() - upTo) - (conversation.ownOf(userId).count() - own));
    }
  }

  /// The pointers at these places; whoever has read nothing has none.
  public Map<Place, Pointer> find(Collection<Place> places) {
    Map<String, Place> byId = new HashMap<>();
    places.forEach(place -> byId.put(place.id(), place));
    Map<Place, Pointer> found = new HashMap<>();
    for (Document document : pointers.find(in("_id", byId.keySet()))) {
      Place place = byId.get(document.getString("_id"));
      if (place != null) {
        found.put(place, new Pointer(document.getLong("upTo"), document.getLong("own")));
      }
    }
    return found;
  }

  /// The pointer behind this message.
  public Pointer at(Head head, ConversationDocument conversation, String userId, long upTo) {
    ConversationDocument.Own own = conversation.ownOf(userId);
    long after = upTo >= own.lastSeq() ? 0 : entries.countOf(head, userId, upTo + 1, own.lastSeq());
    return new Pointer(upTo, own.count() - after);
  }

  /// Moves pointers, none of them back.
  public void move(Map<Place, Pointer> moved) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    moved.forEach((place, pointer) ->
        writes.add(
            new UpdateOneModel<>(
                eq("_id", place.id()),
                new Document(
                    "$max", new Document("upTo", pointer.upTo()).append("own", pointer.own())),
                new UpdateOptions().upsert(true))));
    Upserts.write(pointers, writes);
  }
}

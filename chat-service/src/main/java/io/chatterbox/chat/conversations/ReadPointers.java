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
import io.chatterbox.chat.log.SideWrite;
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
  private static final String COLLECTION = "pointers";

  private final MongoCollection<Document> pointers;
  private final Entries entries;
  private final Deletions deletions;

  ReadPointers(MongoDatabase database, Entries entries, Deletions deletions) {
    pointers = database.getCollection(COLLECTION);
    this.entries = entries;
    this.deletions = deletions;
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
  }

  /// A pointer and the conversation in which it is.
  public record At(Place place, Pointer pointer, Head head) {
    private ConversationDocument conversation() {
      return head.state(ConversationDocument.class).orElseThrow();
    }

    private Deletions.Range behind() {
      return new Deletions.Range(
          place, pointer.upTo(), Math.min(head.seq(), conversation().lastDeleted()));
    }

    private long unread(long deleted) {
      long own = conversation().ownOf(place.userId()).count() - pointer.own();
      // the pointer may have been moved after the head was read
      return Math.max(0, head.seq() - pointer.upTo() - own - deleted);
    }
  }

  /// How many messages are behind each of these pointers, neither one's own nor deleted; in the
  /// same order.
  public List<Long> unread(List<At> pointers) {
    Map<Deletions.Range, Long> deleted =
        deletions.count(pointers.stream().map(At::behind).toList());
    return pointers.stream().map(at -> at.unread(deleted.getOrDefault(at.behind(), 0L))).toList();
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

  /// Moves a pointer, as part of the change that brings somebody in.
  public SideWrite moved(Place place, Pointer pointer) {
    return new SideWrite(COLLECTION, move(place, pointer));
  }

  private static WriteModel<Document> move(Place place, Pointer pointer) {
    return new UpdateOneModel<>(
        eq("_id", place.id()),
        new Document("$max", new Document("upTo", pointer.upTo()).append("own", pointer.own())),
        new UpdateOptions().upsert(true));
  }

  /// Moves pointers, none of them back.
  public void move(Map<Place, Pointer> moved) {
    List<WriteModel<Document>> writes = new ArrayList<>();
    moved.forEach((place, pointer) -> writes.add(move(place, pointer)));
    Upserts.write(pointers, writes);
  }
}

package io.chatterbox.chat.conversations;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.SideWrite;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/// The collection `deletions`: which messages were deleted, because these do not count as unread. A
/// document holds those of a block of numbers, so that what is behind a pointer is found by ids.
@Singleton
public class Deletions {
  private static final String COLLECTION = "deletions";
  private static final int BLOCK = 1000;
  private static final int IDS_AT_ONCE = 1000;

  private final MongoCollection<Document> deletions;

  Deletions(MongoDatabase database) {
    deletions = database.getCollection(COLLECTION);
  }

  /// Notes that a message is deleted, as part of the change that does it.
  public SideWrite note(Entry message) {
    return new SideWrite(
        COLLECTION,
        new UpdateOneModel<>(
            eq("_id", id(message.key().id(), message.seq() / BLOCK)),
            Updates.addToSet("messages", message.seq() + ":" + message.sender()),
            new UpdateOptions().upsert(true)));
  }

  /// The messages behind somebody's pointer.
  ///
  /// @param after `seq` of the last one before them
  /// @param to `seq` of the last one that may have been deleted
  record Range(ReadPointers.Place place, long after, long to) {}

  /// How many messages of others in each range are deleted; ranges without any are not in it.
  Map<Range, Long> count(Collection<Range> ranges) {
    Set<String> ids = new LinkedHashSet<>();
    for (Range range : ranges) {
      if (range.to() > range.after()) {
        ids.addAll(ids(range));
      }
    }
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> found = read(List.copyOf(ids));
    Map<Range, Long> counts = new HashMap<>();
    for (Range range : ranges) {
      long count = 0;
      for (String id : range.to() > range.after() ? ids(range) : List.<String>of()) {
        count +=
            found.getOrDefault(id, List.of()).stream()
                .filter(message -> isIn(message, range))
                .count();
      }
      counts.put(range, count);
    }
    return counts;
  }

  private Map<String, List<String>> read(List<String> ids) {
    Map<String, List<String>> found = new HashMap<>();
    for (int i = 0; i < ids.size(); i += IDS_AT_ONCE) {
      List<String> some = ids.subList(i, Math.min(ids.size(), i + IDS_AT_ONCE));
      for (Document document : deletions.find(in("_id", some))) {
        found.put(document.getString("_id"), document.getList("messages", String.class, List.of()));
      }
    }
    return found;
  }

  private static boolean isIn(String message, Range range) {
    int colon = message.indexOf(':');
    long seq = Long.parseLong(message.substring(0, colon));
    return seq > range.after()
        && seq <= range.to()
        && !message.substring(colon + 1).equals(range.place().userId());
  }

  private static List<String> ids(Range range) {
    List<String> ids = new ArrayList<>();
    for (long block = (range.after() + 1) / BLOCK; block <= range.to() / BLOCK; block++) {
      ids.add(id(range.place().conversationId(), block));
    }
    return ids;
  }

  private static String id(String conversationId, long block) {
    return conversationId + ":" + block;
  }
}

package io.chatterbox.chat.log;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import io.chatterbox.contract.Key;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/// Removes old changes that are no messages. What they came to stands in the documents; a change
/// that is not applied there yet stays, because it is what tells the next writer its number.
@Singleton
public class Sweeping {
  private static final int AT_ONCE = 500;

  private final MongoCollection<Document> log;
  private final Documents documents;

  Sweeping(MongoDatabase database, Documents documents) {
    this.log = database.getCollection("log");
    this.documents = documents;
  }

  /// Removes what is older than this.
  public void sweep(Instant before) {
    List<Document> some = new ArrayList<>();
    for (Document change :
        log.find(and(eq("seq", 0L), lt("at", Date.from(before))))
            .projection(Projections.include("key", "rev"))
            .batchSize(AT_ONCE)) {
      some.add(change);
      if (some.size() == AT_ONCE) {
        remove(some);
        some.clear();
      }
    }
    remove(some);
  }

  private void remove(List<Document> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Map<Key, Head> heads =
        documents.stored(changes.stream().map(Sweeping::key).distinct().toList());
    List<String> applied =
        changes.stream()
            .filter(change -> change.getLong("rev") <= Head.in(heads, key(change)).rev())
            .map(change -> change.getString("_id"))
            .toList();
    log.deleteMany(in("_id", applied));
  }

  private static Key key(Document change) {
    return Key.parse(change.getString("key"));
  }
}

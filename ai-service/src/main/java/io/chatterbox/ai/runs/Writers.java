package io.chatterbox.ai.runs;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import io.chatterbox.bus.StoreAwayException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/// The collection `writers`: a count for each replica that goes up while it lives. Nobody compares
/// it with a clock: a replica is taken for dead when others have seen the same count for too long.
@Singleton
class Writers {
  private static final Duration KEPT = Duration.ofDays(1);
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<Document> writers;

  Writers(MongoDatabase database) {
    this.writers = database.getCollection("writers");
  }

  /// Creates the index that forgets those who ended without a word. Doing it again changes nothing.
  void prepare() {
    try {
      writers.createIndex(
          Indexes.ascending("at"),
          new IndexOptions().expireAfter(KEPT.toSeconds(), TimeUnit.SECONDS));
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  /// A replica says that it lives.
  void beat(String writer, long count, Instant now) {
    try {
      writers.updateOne(
          eq("_id", writer), combine(set("count", count), set("at", Date.from(now))), UPSERT);
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  /// The counts of these; nothing for those that never said that they live.
  Map<String, Long> counts(Collection<String> names) {
    try {
      Map<String, Long> counts = new HashMap<>();
      for (Document document : writers.find(in("_id", names))) {
        counts.put(document.getString("_id"), document.getLong("count"));
      }
      return counts;
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  /// A replica is gone, and its runs are.
  void forget(String writer) {
    try {
      writers.deleteOne(eq("_id", writer));
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }
}

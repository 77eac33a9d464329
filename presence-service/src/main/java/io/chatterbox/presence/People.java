package io.chatterbox.presence;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.MongoException;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.chatterbox.bus.StoreAwayException;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.bson.conversions.Bson;

/// The collection `people`.
@ApplicationScoped
public class People implements PanacheMongoRepositoryBase<PersonDocument, String> {
  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  /// What is kept of these people, by id; nothing for those never seen.
  public Map<String, PersonDocument> find(Collection<String> ids) {
    Map<String, PersonDocument> found = new HashMap<>();
    if (!ids.isEmpty()) {
      try {
        list("_id in ?1", ids).forEach(person -> found.put(person.id, person));
      } catch (MongoException e) {
        throw new StoreAwayException(e);
      }
    }
    return found;
  }

  /// Notes when users were last seen; a later time stays.
  void saw(Map<String, Instant> lastSeen) {
    try {
      mongoCollection()
          .bulkWrite(
              lastSeen.entrySet().stream()
                  .map(seen ->
                      new UpdateOneModel<PersonDocument>(
                          eq("_id", seen.getKey()),
                          Updates.max("lastSeen", seen.getValue()),
                          UPSERT))
                  .toList());
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  void setManual(String id, String status) {
    update(id, status.equals("online") ? Updates.unset("manual") : Updates.set("manual", status));
  }

  /// Removes all that is kept of a user.
  public void forget(String id) {
    try {
      mongoCollection().deleteOne(eq("_id", id));
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }

  private void update(String id, Bson change) {
    try {
      mongoCollection().updateOne(eq("_id", id), change, UPSERT);
    } catch (MongoException e) {
      throw new StoreAwayException(e);
    }
  }
}

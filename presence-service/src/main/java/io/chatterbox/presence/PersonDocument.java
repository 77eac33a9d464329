package io.chatterbox.presence;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/// What outlives Redis about a user, in the collection `people`.
@MongoEntity(collection = "people")
public class PersonDocument {
  /// The user's id.
  @BsonId public String id = "";

  /// When he last went offline.
  public @Nullable Instant lastSeen;

  /// The status set by hand; absent: automatic.
  public @Nullable String manual;
}

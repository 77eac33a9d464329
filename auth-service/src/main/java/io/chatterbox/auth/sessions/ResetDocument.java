package io.chatterbox.auth.sessions;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/// Leave to set another password, in the collection `resets`.
@MongoEntity(collection = "resets")
public class ResetDocument {
  /// SHA-256 of the token in the letter.
  @BsonId public String id = "";

  public String accountId = "";
  public Instant until = Instant.EPOCH;
}

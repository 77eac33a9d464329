package io.chatterbox.auth.revocations;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/// A revocation in the collection `revocations`.
@MongoEntity(collection = "revocations")
public class RevocationDocument {
  /// The subject: revoking twice is the same.
  @BsonId public String id = "";

  /// When the last of these tokens has expired.
  public Instant until = Instant.EPOCH;

  /// Whether Redis has it. Whoever comes by puts there what it lacks.
  public boolean told;
}

package io.chatterbox.auth.accounts;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/// Something that one account only may have, in the collection `reservations`.
@MongoEntity(collection = "reservations")
public class ReservationDocument {
  /// `name:<lower case>` or `email:<lower case>`: as `_id` it is taken once.
  @BsonId public String id = "";

  /// Whose it is. A reservation that its account does not have after a minute is free again.
  public String accountId = "";

  public Instant at = Instant.EPOCH;
}

package io.chatterbox.auth.accounts;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/// A person in the collection `accounts`.
@MongoEntity(collection = "accounts")
public class AccountDocument {
  @BsonId public String id = "";
  public String username = "";

  /// In lower case: names are unique and found without regard to case.
  public String name = "";

  public String email = "";

  /// Argon2id, with its salt and work factors.
  public String passwordHash = "";

  public @Nullable String avatar;
  public Instant createdAt = Instant.EPOCH;
}

package io.chatterbox.auth.keys;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/// A signing key in the collection `keys`.
@MongoEntity(collection = "keys")
public class KeyDocument {
  /// The number of the key's generation: also the token's `kid`. As `_id` it is taken once.
  @BsonId public String id = "";

  /// The public half (X.509 SubjectPublicKeyInfo).
  public byte[] publicKey = {};

  /// The private half (PKCS #8), sealed.
  public byte[] privateKey = {};

  public Instant createdAt = Instant.EPOCH;
}

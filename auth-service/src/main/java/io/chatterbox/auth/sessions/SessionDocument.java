package io.chatterbox.auth.sessions;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import org.bson.codecs.pojo.annotations.BsonId;

/// A signed-in device in the collection `sessions`: the family of its refresh tokens.
@MongoEntity(collection = "sessions")
public class SessionDocument {
  /// `sid` of its access tokens.
  @BsonId public String id = "";

  public String userId = "";
  public String userAgent = "";
  public String ip = "";
  public Instant createdAt = Instant.EPOCH;
  public Instant lastUsed = Instant.EPOCH;

  /// Until when its refresh token is good.
  public Instant expiresAt = Instant.EPOCH;

  /// SHA-256 of the refresh token that is good now.
  public String current = "";

  /// SHA-256 of the one before; empty at first.
  public String previous = "";

  /// The pair that the one before was answered with, sealed: within the grace it is answered again.
  public byte[] previousAnswer = {};

  public Instant rotatedAt = Instant.EPOCH;

  /// Whether it was ended; its tokens are void.
  public boolean ended;
}

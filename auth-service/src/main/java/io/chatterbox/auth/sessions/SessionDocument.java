package io.chatterbox.auth.sessions;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
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

  /// The uses of refresh tokens within the grace: each is answered the same again.
  public List<Rotation> recent = List.of();

  /// SHA-256 of refresh tokens that a changed password made void; using one is no theft.
  public List<String> voided = List.of();

  /// Whether it was ended; its tokens are void.
  public boolean ended;

  /// A use of a refresh token.
  public static class Rotation {
    /// SHA-256 of the token.
    public String used = "";

    /// The pair it was answered with, sealed.
    public byte[] answer = {};

    public Instant at = Instant.EPOCH;
  }
}

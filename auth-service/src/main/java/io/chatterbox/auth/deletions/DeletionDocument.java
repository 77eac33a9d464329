package io.chatterbox.auth.deletions;

import io.quarkus.mongodb.panache.common.MongoEntity;
import java.time.Instant;
import java.util.List;
import org.bson.codecs.pojo.annotations.BsonId;

/// An account that is being deleted, in the collection `deletions`. It is gone when all is done.
@MongoEntity(collection = "deletions")
public class DeletionDocument {
  /// The account's id.
  @BsonId public String id = "";

  /// What the account had reserved; kept until it is free again.
  public String name = "";

  public String email = "";

  /// Services that have not confirmed it yet.
  public List<String> left = List.of();

  /// Whether they are told for the last time. They are told twice: what was under way at the first
  /// time may have brought something back.
  public boolean last;

  /// How often somebody has not confirmed it in a row.
  public int tries;

  /// When they are to be told.
  public Instant due = Instant.EPOCH;

  /// Until when one replica is at it.
  public Instant claimedUntil = Instant.EPOCH;
}

package io.chatterbox.chat.log;

import com.mongodb.client.MongoDatabase;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Writers whose documents wait to be written until the test says so, each with a memory of its
/// own: a replica that is not asked for anything more has been killed.
@Singleton
public class Replicas {
  static final Duration PATIENCE = Duration.ofHours(1);

  private final MongoDatabase database;
  private final Documents documents;
  private final Kinds kinds;
  private final Entries entries;
  private final Tails tails;
  private final Writers writers;

  Replicas(
      MongoDatabase database,
      Documents documents,
      Kinds kinds,
      Entries entries,
      Tails tails,
      Writers writers) {
    this.database = database;
    this.documents = documents;
    this.kinds = kinds;
    this.entries = entries;
    this.tails = tails;
    this.writers = writers;
  }

  /// A writer and what it has not written yet.
  public record Replica(Writer writer, Behind behind) {}

  public Replica another() {
    Behind behind = new Behind(documents, PATIENCE);
    States states = new States(database, documents, kinds, entries, tails, behind);
    return new Replica(writers.another(states), behind);
  }
}

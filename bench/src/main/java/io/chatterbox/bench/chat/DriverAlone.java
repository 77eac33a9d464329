package io.chatterbox.bench.chat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.bson.Document;

/// What the driver reaches with ordered `insertMany` of log entries, with the log's indexes and
/// write concern, into a collection of its own in the same store: one writer, nothing else.
final class DriverAlone {
  private static final int KEYS = 200;

  private DriverAlone() {}

  /// Documents per second, after as long a warm-up.
  ///
  /// @param batch documents in each `insertMany`
  static double documentsPerSecond(String uri, int batch, long millis) {
    MongoClientSettings settings =
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString(uri))
            .writeConcern(WriteConcern.MAJORITY.withJournal(true))
            .build();
    try (MongoClient client = MongoClients.create(settings)) {
      MongoDatabase database = client.getDatabase("bench");
      MongoCollection<Document> log = database.getCollection("log");
      log.drop();
      log.createIndex(
          Indexes.ascending("key", "sender", "commandId"), new IndexOptions().unique(true));
      log.createIndex(Indexes.ascending("key", "seq"));
      Writing writing = new Writing(log, batch);
      writing.forMillis(millis);
      long before = writing.written;
      long begin = System.nanoTime();
      writing.forMillis(millis);
      double seconds = (System.nanoTime() - begin) / 1e9;
      long written = writing.written - before;
      database.drop();
      return written / seconds;
    }
  }

  private static final class Writing {
    private final MongoCollection<Document> log;
    private final int batch;
    private final String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    private long written;

    Writing(MongoCollection<Document> log, int batch) {
      this.log = log;
      this.batch = batch;
    }

    void forMillis(long millis) {
      long end = System.nanoTime() + millis * 1_000_000;
      while (System.nanoTime() < end) {
        List<Document> documents = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
          documents.add(entry(written + i));
        }
        log.insertMany(documents);
        written += batch;
      }
    }

    private Document entry(long number) {
      String key = "conversation:" + run + number % KEYS;
      long rev = number / KEYS + 1;
      return new Document("_id", key + ":" + rev)
          .append("key", key)
          .append("rev", rev)
          .append("seq", rev)
          .append("sender", "0123456789abcdef01234567")
          .append("commandId", run + number)
          .append("kind", "message")
          .append("at", Instant.now())
          .append(
              "body",
              new Document("changed", rev)
                  .append("username", "somebody")
                  .append("content", "x".repeat(100))
                  .append("type", "text"));
    }
  }
}

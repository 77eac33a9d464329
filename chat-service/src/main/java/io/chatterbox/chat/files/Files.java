package io.chatterbox.chat.files;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import io.chatterbox.chat.log.SideWrite;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/// The collection `files`. A deleted file leaves a trace, so that a message that was sent at the
/// same moment can still be told.
@Singleton
public class Files {
  static final String COLLECTION = "files";
  private static final int LONGEST_ID = 100;
  private static final String KEPT = "kept";

  private final MongoCollection<Document> files;

  Files(MongoDatabase database) {
    files = database.getCollection(COLLECTION);
  }

  void add(FileDocument file) {
    files.insertOne(file.document());
  }

  /// A file that is there.
  Optional<FileDocument> find(String id) {
    return id.length() > LONGEST_ID
        ? Optional.empty()
        : Optional.ofNullable(files.find(eq("_id", id)).first())
            .map(FileDocument::of)
            .filter(file -> !file.isDeleted());
  }

  /// Notes that a message carries a file, as part of the change that sends it.
  public static SideWrite carried(String fileId, String messageId) {
    return new SideWrite(
        COLLECTION,
        new UpdateOneModel<>(
            eq("_id", fileId), Updates.addToSet(FileDocument.CARRIERS, messageId)));
  }

  /// Keeps a file that no message carries, such as somebody's picture of himself.
  boolean keep(String id, boolean kept) {
    return files.updateOne(eq("_id", id), Updates.set(KEPT, kept)).getMatchedCount() > 0;
  }

  /// From now on the file is not there, but for its trace.
  void delete(String id, Instant now) {
    files.updateOne(eq("_id", id), Updates.set(FileDocument.DELETED, Date.from(now)));
  }

  /// The same for a file that no message carries up to this moment.
  boolean deleteOrphan(String id, Instant now) {
    return files
            .updateOne(
                and(eq("_id", id), exists(FileDocument.CARRIERS, false)),
                Updates.set(FileDocument.DELETED, Date.from(now)))
            .getModifiedCount()
        > 0;
  }

  void forget(String id) {
    files.deleteOne(eq("_id", id));
  }

  /// Files that nothing carries and nobody keeps, made before this time.
  List<FileDocument> orphans(Instant before) {
    List<FileDocument> orphans = new ArrayList<>();
    for (Document document : files.find(exists(FileDocument.CARRIERS, false))) {
      FileDocument file = FileDocument.of(document);
      if (!file.isDeleted()
          && !document.getBoolean(KEPT, false)
          && file.createdAt().isBefore(before)) {
        orphans.add(file);
      }
    }
    return orphans;
  }

  /// Traces of files.
  List<FileDocument> traces() {
    List<FileDocument> traces = new ArrayList<>();
    for (Document document : files.find(exists(FileDocument.DELETED, true))) {
      traces.add(FileDocument.of(document));
    }
    return traces;
  }
}

package io.chatterbox.chat.files;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;

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

  /// Makes an image its uploader's picture, in place of the one before.
  ///
  /// @return false when it is no image of his
  boolean keepPicture(String userId, String id) {
    Optional<FileDocument> image =
        find(id)
            .filter(file -> file.uploadedBy().equals(userId))
            .filter(file -> file.mimetype().startsWith("image/"));
    if (image.isEmpty()) {
      return false;
    }
    files.updateOne(eq("_id", id), Updates.set(FileDocument.PICTURE, true));
    files.updateMany(
        and(eq("uploadedBy", userId), eq(FileDocument.PICTURE, true), ne("_id", id)),
        Updates.set(FileDocument.PICTURE, false));
    return true;
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

  /// Forgets a trace that is older than this.
  void forget(String id, Instant before) {
    files.deleteOne(and(eq("_id", id), lt(FileDocument.DELETED, Date.from(before))));
  }

  /// Files that no message carries and that are nobody's picture, made before this time.
  List<FileDocument> orphans(Instant before) {
    List<FileDocument> orphans = new ArrayList<>();
    for (Document document : files.find(exists(FileDocument.CARRIERS, false))) {
      FileDocument file = FileDocument.of(document);
      if (!file.isDeleted() && !file.isPicture() && file.createdAt().isBefore(before)) {
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

package io.chatterbox.chat.log;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import org.bson.Document;

/// Writes that make a document when it is not there and whose order does not matter.
public final class Upserts {
  private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

  private Upserts() {}

  public static void write(
      MongoCollection<Document> collection, List<WriteModel<Document>> writes) {
    if (writes.isEmpty()) {
      return;
    }
    try {
      collection.bulkWrite(writes, UNORDERED);
    } catch (MongoBulkWriteException e) {
      if (!isDuplicatesOnly(e)) {
        throw e;
      }
      // somebody made the same document at the same moment: now it is there to be updated
      collection.bulkWrite(writes, UNORDERED);
    }
  }

  private static boolean isDuplicatesOnly(MongoBulkWriteException e) {
    return e.getWriteConcernError() == null
        && e.getWriteErrors().stream()
            .allMatch(error ->
                ErrorCategory.fromErrorCode(error.getCode()) == ErrorCategory.DUPLICATE_KEY);
  }
}

package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;

/// A collection whose documents never change, but are replaced.
///
/// Left alone, an update changes the document that it finds before it replaces it. That one may be
/// on its way into the file just then, as it was before.
final class CompactCollection extends H2Collection {
  /// Whether what is found is about to be changed. Whoever reads or writes it holds the monitor.
  private boolean isUpdating;

  CompactCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, Document> documents,
      MVMap<String, Object> meta,
      CursorRegistry cursors) {
    super(database, name, options, documents, meta, cursors);
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters filters,
      boolean isMulti,
      boolean isUpsert,
      Oplog oplog) {
    return updating(
        () -> super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog));
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return updating(() -> super.findAndModify(query));
  }

  private Document updating(Supplier<Document> update) {
    isUpdating = true;
    try {
      return update.get();
    } finally {
      isUpdating = false;
    }
  }

  @Override
  protected QueryResult queryDocuments(
      Document query, Document orderBy, int toSkip, int limit, int batchSize, Document projection) {
    QueryResult found = super.queryDocuments(query, orderBy, toSkip, limit, batchSize, projection);
    if (!isUpdating) {
      return found;
    }
    List<Document> copies = new ArrayList<>();
    found.forEach(document -> copies.add(document.cloneDeeply()));
    return new QueryResult(copies);
  }
}

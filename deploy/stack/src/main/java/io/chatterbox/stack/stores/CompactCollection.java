package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

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
    isUpdating = true;
    try {
      return super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog);
    } finally {
      isUpdating = false;
    }
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    isUpdating = true;
    try {
      return super.findAndModify(query);
    } finally {
      isUpdating = false;
    }
  }

  @Override
  protected @Nullable Document getDocument(Object position) {
    Document document = super.getDocument(position);
    return isUpdating && document != null ? document.cloneDeeply() : document;
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    Stream<DocumentWithPosition<Object>> all = super.streamAllDocumentsWithPosition();
    return isUpdating
        ? all.map(
            one -> new DocumentWithPosition<>(one.getDocument().cloneDeeply(), one.getPosition()))
        : all;
  }
}

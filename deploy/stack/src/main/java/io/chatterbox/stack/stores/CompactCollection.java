package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A collection that keeps its documents as the bytes of their BSON, and makes a document of them
/// anew for whoever reads one.
///
/// As objects they take seven times the memory, which young collections copy again and again, and
/// every page that is written is encoded document by document, those included that only stand
/// beside the one that changed. And an update changes the document that it finds before it replaces
/// it, while that one may be on its way into the file.
final class CompactCollection extends AbstractSynchronizedMongoCollection<Object> {
  private final MVMap<Object, byte[]> documents;

  CompactCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      MVMap<Object, byte[]> documents,
      CursorRegistry cursors) {
    super(database, name, options, cursors);
    this.documents = documents;
  }

  @Override
  protected @Nullable Object addDocumentInternal(Document document) {
    String idField = getIdField();
    Object id = idField == null ? UUID.randomUUID() : document.get(idField);
    Object key = Missing.ofNullable(id);
    if (documents.putIfAbsent(key, DocumentType.bytes(document)) != null) {
      throw new IllegalStateException("there is a document " + key + " in " + this);
    }
    return id;
  }

  @Override
  protected void handleUpdate(Object position, Document before, Document after) {
    documents.put(Missing.ofNullable(position), DocumentType.bytes(after));
  }

  @Override
  protected void removeDocument(Object position) {
    if (documents.remove(position) == null) {
      throw new NoSuchElementException("there is no document " + position + " in " + this);
    }
  }

  @Override
  protected @Nullable Document getDocument(Object position) {
    byte[] bytes = documents.get(position);
    return bytes == null ? null : DocumentType.document(bytes);
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    return documents.entrySet().stream()
        .map(entry ->
            new DocumentWithPosition<>(DocumentType.document(entry.getValue()), entry.getKey()));
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int toSkip, int limit, int batchSize, Document projection) {
    Stream<DocumentWithPosition<Object>> all = streamAllDocumentsWithPosition();
    if (isNaturalDescending(orderBy)) {
      all =
          all.sorted(
              Comparator.comparing(DocumentWithPosition::getPosition, ValueComparator.desc()));
    }
    return matchDocumentsFromStream(
        all.map(DocumentWithPosition::getDocument),
        query,
        orderBy,
        toSkip,
        limit,
        batchSize,
        projection);
  }

  @Override
  public int count() {
    return documents.size();
  }

  @Override
  public boolean isEmpty() {
    return documents.isEmpty();
  }

  /// Counted when somebody asks, not with every change.
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected int getDataSize() {
    return documents.values().stream().mapToInt(bytes -> bytes.length).sum();
  }

  @Override
  protected void updateDataSize(int difference) {}
}

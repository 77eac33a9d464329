package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/// A database that keeps documents as BSON and the keys of unique indexes as plain bytes.
///
/// Left alone, the backend writes both by Java serialization, and compares two keys by serializing
/// both, at each step of each search.
final class CompactDatabase extends H2Database {
  private final MVStore store;
  private final CursorRegistry cursors;

  CompactDatabase(String name, MVStore store, CursorRegistry cursors) {
    // before the rest, which opens what is in the store
    this.store = store;
    this.cursors = cursors;
    super(name, store, cursors);
  }

  @Override
  protected MongoCollection<Object> openOrCreateCollection(
      String collection, CollectionOptions options) {
    String name = getFullCollectionNamespace(collection);
    return new CompactCollection(
        this,
        collection,
        options,
        store.openMap(
            "databases." + name,
            new MVMap.Builder<Object, byte[]>()
                .keyType(new IdType())
                .valueType(new DocumentType())),
        cursors);
  }

  @Override
  protected Index<Object> openOrCreateUniqueIndex(
      String collection, String index, List<IndexKey> keys, boolean sparse) {
    // as it was kept before; the new one is filled from the documents when it is found empty
    store.removeMap(getFullCollectionNamespace(collection) + "._index_" + index);
    MVMap<byte[], Object> map =
        store.openMap(
            mapOf(collection, index),
            new MVMap.Builder<byte[], Object>().keyType(ByteArrayDataType.INSTANCE));
    return new BytesIndex(map, index, keys, sparse);
  }

  @Override
  protected void dropIndex(MongoCollection<Object> collection, String index) {
    super.dropIndex(collection, index);
    store.removeMap(mapOf(collection.getCollectionName(), index));
  }

  private String mapOf(String collection, String index) {
    return getFullCollectionNamespace(collection) + "._keys_" + index;
  }
}

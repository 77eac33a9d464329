package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/// A unique index whose keys are the bytes of their values as BSON has them. Who asks brings the
/// values into their one form beforehand (all numbers are doubles), so equal keys have equal bytes;
/// their order means nothing.
final class BytesIndex extends AbstractUniqueIndex<Object> {
  private static final int USUAL_LENGTH = 128;

  private final MVMap<byte[], Object> map;

  BytesIndex(MVMap<byte[], Object> map, String name, List<IndexKey> keys, boolean sparse) {
    super(name, keys, sparse);
    this.map = map;
  }

  private static byte[] bytes(KeyValue key) {
    ByteBuf buffer = Unpooled.buffer(USUAL_LENGTH);
    for (Object part : key) {
      append(Missing.isNullOrMissing(part) ? null : part, buffer);
    }
    return ByteBufUtil.getBytes(buffer);
  }

  private static void append(@Nullable Object value, ByteBuf to) {
    byte type = BsonEncoder.determineType(value);
    to.writeByte(type);
    BsonEncoder.encodeValue(type, value, to);
  }

  /// The one key of a document whose indexed values are all texts, without the detours that other
  /// values need; null for any other.
  private byte @Nullable [] textKey(Document document) {
    ByteBuf buffer = Unpooled.buffer(USUAL_LENGTH);
    for (IndexKey part : getKeys()) {
      String field = part.getKey();
      if (field.indexOf('.') >= 0 || !(document.get(field) instanceof String text)) {
        return null;
      }
      append(text, buffer);
    }
    return ByteBufUtil.getBytes(buffer);
  }

  @Override
  public synchronized void checkAdd(Document document, MongoCollection<Object> collection) {
    byte[] key = textKey(document);
    if (key == null) {
      super.checkAdd(document, collection);
    } else if (map.containsKey(key)) {
      throw taken(document, collection);
    }
  }

  @Override
  public synchronized void add(
      Document document, Object position, MongoCollection<Object> collection) {
    byte[] key = textKey(document);
    if (key == null) {
      super.add(document, position, collection);
    } else if (map.putIfAbsent(key, Missing.ofNullable(position)) != null) {
      throw taken(document, collection);
    }
  }

  private DuplicateKeyError taken(Document document, MongoCollection<Object> collection) {
    return new DuplicateKeyError(
        this, collection, getKeys(), getKeyValues(document).iterator().next());
  }

  private static KeyValue key(byte[] bytes) {
    ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
    List<@Nullable Object> values = new ArrayList<>();
    while (buffer.isReadable()) {
      values.add(BsonDecoder.decodeValue(buffer.readByte(), buffer));
    }
    return new KeyValue(values);
  }

  @Override
  protected @Nullable Object removeDocument(KeyValue key) {
    return map.remove(bytes(key));
  }

  @Override
  protected boolean putKeyPosition(KeyValue key, Object position) {
    return map.putIfAbsent(bytes(key), Missing.ofNullable(position)) == null;
  }

  @Override
  protected @Nullable Object getPosition(KeyValue key) {
    return map.get(bytes(key));
  }

  @Override
  protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
    return map.entrySet().stream()
        .map(entry -> Map.entry(key(entry.getKey()), entry.getValue()))
        .toList();
  }

  @Override
  public long getCount() {
    return map.sizeAsLong();
  }

  @Override
  public boolean isEmpty() {
    return map.isEmpty();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }
}

package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;

/// Documents as BSON. Those in files that were written by Java serialization are still read.
final class DocumentType extends BasicDataType<Document> {
  /// Stands before each document; what serialization wrote begins with 19.
  private static final byte BSON = 1;

  private static final int USUAL_LENGTH = 512;
  private static final int FIELD = 16;

  private final ObjectDataType serialized = new ObjectDataType();

  /// About what it takes in the file: this is what decides when a page is split.
  @Override
  public int getMemory(Document document) {
    return length(document);
  }

  private static int length(@Nullable Object value) {
    return switch (value) {
      case String text -> text.length();
      case Map<?, ?> map -> {
        int sum = FIELD;
        for (Map.Entry<?, ?> field : map.entrySet()) {
          sum += FIELD + length(field.getValue());
        }
        yield sum;
      }
      case Collection<?> many -> {
        int sum = FIELD;
        for (Object one : many) {
          sum += FIELD + length(one);
        }
        yield sum;
      }
      case BinData data -> data.getData().length;
      case null, default -> Long.BYTES;
    };
  }

  @Override
  public void write(WriteBuffer to, Document document) {
    ByteBuf bytes = Unpooled.buffer(USUAL_LENGTH);
    BsonEncoder.encodeDocument(document, bytes);
    to.put(BSON).put(bytes.nioBuffer());
  }

  @Override
  public Document read(ByteBuffer from) {
    if (from.get(from.position()) != BSON) {
      return (Document) serialized.read(from);
    }
    from.get();
    ByteBuf bytes = Unpooled.wrappedBuffer(from);
    Document document = BsonDecoder.decodeBson(bytes);
    from.position(from.position() + bytes.readerIndex());
    return document;
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }
}

package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/// Documents as the bytes of their BSON, which begins with its length. Those in files that were
/// written by Java serialization are still read.
final class DocumentType extends BasicDataType<byte[]> {
  /// Stands before each document; what serialization wrote begins with 19.
  private static final byte BSON = 1;

  private static final int USUAL_LENGTH = 512;
  private static final int TOO_LARGE = 10334;

  private final ObjectDataType serialized = new ObjectDataType();

  /// @throws MongoServerError for one that could not be read again
  static byte[] bytes(Document document) {
    ByteBuf buffer = Unpooled.buffer(USUAL_LENGTH);
    BsonEncoder.encodeDocument(document, buffer);
    if (buffer.readableBytes() > BsonConstants.MAX_BSON_OBJECT_SIZE) {
      throw new MongoServerError(TOO_LARGE, "BSONObjectTooLarge", "the document is too large");
    }
    return ByteBufUtil.getBytes(buffer);
  }

  static Document document(byte[] bytes) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }

  /// What it takes in the file: this is what decides when a page is split.
  @Override
  public int getMemory(byte[] document) {
    return 1 + document.length;
  }

  @Override
  public void write(WriteBuffer to, byte[] document) {
    to.put(BSON).put(document);
  }

  @Override
  public byte[] read(ByteBuffer from) {
    int start = from.position();
    if (from.get(start) != BSON) {
      return bytes((Document) serialized.read(from));
    }
    int length = from.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(start + 1);
    byte[] document = new byte[length];
    from.position(start + 1);
    from.get(document);
    return document;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}

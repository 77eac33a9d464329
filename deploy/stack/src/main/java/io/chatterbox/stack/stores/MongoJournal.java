package io.chatterbox.stack.stores;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The commands that were carried out since the store was written, in files beside it, numbered in
/// the order of writing. A record is the length and the CRC-32 of a command, four bytes each, and
/// the command as BSON. One thread at a time.
final class MongoJournal implements AutoCloseable {
  private static final int HEAD = 8;
  private static final int USUAL_LENGTH = 16 << 10;

  private final Path store;
  private long number;
  private FileChannel file;
  private long bytes;
  private @Nullable IOException failure;

  /// Goes on with a new file.
  ///
  /// @param store the file that the journal is of
  private MongoJournal(Path store, long number) throws IOException {
    this.store = store;
    this.number = number;
    this.file = create(number);
  }

  /// Opens the journal of a store, after all that was carried out before has been carried out
  /// again. What is behind a record that is not whole was never acknowledged.
  ///
  /// @param first the file to begin with
  static MongoJournal replay(Path store, long first, Consumer<Document> again) {
    try {
      long number = first;
      for (; Files.exists(path(store, number)); number++) {
        ByteBuffer left = ByteBuffer.wrap(Files.readAllBytes(path(store, number)));
        while (left.remaining() > HEAD) {
          int length = left.getInt();
          int crc = left.getInt();
          if (length <= 0
              || length > left.remaining()
              || crc != crc(left.slice(left.position(), length))) {
            break;
          }
          ByteBuf bytes = Unpooled.wrappedBuffer(left.slice(left.position(), length));
          left.position(left.position() + length);
          again.accept(BsonDecoder.decodeBson(bytes));
        }
      }
      MongoJournal journal = new MongoJournal(store, number);
      journal.forget(first);
      return journal;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Throws when something could not be added: what comes after that would have no ground.
  void check() {
    if (failure != null) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Adds a command. It is with the operating system when this returns.
  void append(Document command) {
    ByteBuf record = Unpooled.buffer(USUAL_LENGTH);
    record.writeZero(HEAD);
    BsonEncoder.encodeDocument(command, record);
    int length = record.readableBytes() - HEAD;
    record.setInt(0, length);
    record.setInt(Integer.BYTES, crc(record.nioBuffer(HEAD, length)));
    ByteBuffer rest = record.nioBuffer();
    try {
      while (rest.hasRemaining()) {
        bytes += file.write(rest);
      }
    } catch (IOException e) {
      failure = e;
      throw new UncheckedIOException(e);
    }
  }

  /// The length of the file that is written.
  long bytes() {
    return bytes;
  }

  /// Goes on with a new file: the store is about to be written.
  ///
  /// @return its number
  long next() {
    try {
      file.close();
      bytes = 0;
      number++;
      file = create(number);
      return number;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes the files before this one: the store has been written.
  void forget(long before) {
    long oldest = before;
    while (Files.exists(path(store, oldest - 1))) {
      oldest--;
    }
    try {
      // upwards, so that what a kill leaves is found again
      for (; oldest < before; oldest++) {
        Files.deleteIfExists(path(store, oldest));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private FileChannel create(long created) throws IOException {
    return FileChannel.open(
        path(store, created), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static Path path(Path store, long number) {
    return store.resolveSibling(store.getFileName() + ".journal." + number);
  }

  private static int crc(ByteBuffer bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}

package io.chatterbox.chat.files;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.gridfs.model.GridFSUploadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.types.Binary;

/// GridFS of the service's own database. The driver writes; reading and removing go by the unique
/// index on (file, number), chunk by chunk, because an embedded MongoDB uses no other.
final class GridFsBytes implements FileBytes {
  private static final int CHUNK = 255 * 1024;

  private final GridFSBucket bucket;
  private final MongoCollection<Document> files;
  private final MongoCollection<Document> chunks;

  GridFsBytes(MongoDatabase database) {
    bucket = GridFSBuckets.create(database);
    files = database.getCollection(bucket.getBucketName() + ".files");
    chunks = database.getCollection(bucket.getBucketName() + ".chunks");
  }

  @Override
  public void write(String name, Path from) throws IOException {
    try (InputStream bytes = java.nio.file.Files.newInputStream(from)) {
      bucket.uploadFromStream(
          new BsonString(name), name, bytes, new GridFSUploadOptions().chunkSizeBytes(CHUNK));
    }
  }

  @Override
  public InputStream read(String name, long from, long length) {
    return new Chunks(name, from, length);
  }

  @Override
  public byte[] readAll(String name) {
    Document file = files.find(eq("_id", name)).first();
    if (file == null) {
      return new byte[0];
    }
    try (InputStream bytes = read(name, 0, file.getLong("length"))) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void delete(String name) {
    Document file = files.find(eq("_id", name)).first();
    if (file == null) {
      return;
    }
    long count = Math.ceilDiv(file.getLong("length"), (long) CHUNK);
    // the file last: until then its chunks are found again
    for (int n = 0; n < count; n++) {
      chunks.deleteOne(and(eq("files_id", name), eq("n", n)));
    }
    files.deleteOne(eq("_id", name));
  }

  /// Reads one chunk after the other, one at a time in memory.
  private final class Chunks extends InputStream {
    private final String name;
    private long at;
    private long left;
    private byte[] chunk = new byte[0];
    private int number = -1;

    Chunks(String name, long from, long length) {
      this.name = name;
      this.at = from;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int wanted = Math.toIntExact(at / CHUNK);
      if (wanted != number) {
        chunk = load(wanted);
        number = wanted;
      }
      int start = Math.toIntExact(at % CHUNK);
      int count = Math.toIntExact(Math.min(Math.min(length, left), chunk.length - start));
      if (count <= 0) {
        throw new IOException("the file ends too early");
      }
      System.arraycopy(chunk, start, into, offset, count);
      at += count;
      left -= count;
      return count;
    }

    private byte[] load(int n) throws IOException {
      Document found = chunks.find(and(eq("files_id", name), eq("n", n))).first();
      if (found == null) {
        throw new IOException("a part of the file is missing");
      }
      return found.get("data", Binary.class).getData();
    }
  }
}

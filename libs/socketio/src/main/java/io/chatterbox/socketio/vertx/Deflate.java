package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Message compression without context takeover (RFC 7692): each message stands alone, so one
/// compressed form serves everyone.
final class Deflate {
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private Deflate() {}

  /// Raw deflate with a sync flush, without its last four bytes (section 7.2.1).
  static byte[] compress(byte[] message) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(message);
      ByteArrayOutputStream out = new ByteArrayOutputStream(message.length / 2 + 16);
      byte[] chunk = new byte[Math.clamp(message.length, 64, 8192)];
      int length;
      do {
        length = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
        out.write(chunk, 0, length);
      } while (length == chunk.length);
      byte[] compressed = out.toByteArray();
      return Arrays.copyOf(compressed, compressed.length - TAIL.length);
    } finally {
      deflater.end();
    }
  }

  /// The message, at most `limit` bytes of it (section 7.2.2).
  static byte[] decompress(byte[] compressed, int limit) throws ProtocolException {
    Inflater inflater = new Inflater(true);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream(compressed.length * 2);
      byte[] chunk = new byte[8192];
      for (byte[] part : new byte[][] {compressed, TAIL}) {
        inflater.setInput(part);
        int length = inflater.inflate(chunk);
        while (length > 0) {
          out.write(chunk, 0, length);
          if (out.size() > limit) {
            throw new ProtocolException("decompressed message too long");
          }
          length = inflater.inflate(chunk);
        }
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new ProtocolException("malformed compressed message");
    } finally {
      inflater.end();
    }
  }
}

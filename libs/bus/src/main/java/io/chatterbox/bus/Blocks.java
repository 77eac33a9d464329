package io.chatterbox.bus;

import io.vertx.core.buffer.Buffer;

/// Byte blocks one after the other, each with its length (32 bits, big endian) before it.
final class Blocks {
  private static final int LENGTH = Integer.BYTES;

  private Blocks() {}

  static void append(Buffer buffer, byte[] block) {
    buffer.appendInt(block.length).appendBytes(block);
  }

  /// Reads them in order. Bytes from outside never make it read beyond the end.
  static final class Reader {
    private final Buffer buffer;
    private int position;

    Reader(Buffer buffer) {
      this.buffer = buffer;
    }

    /// The next block.
    ///
    /// @throws IllegalArgumentException when there is no whole one left
    byte[] next() {
      if (buffer.length() - position < LENGTH) {
        throw new IllegalArgumentException("a block is missing");
      }
      int length = buffer.getInt(position);
      int start = position + LENGTH;
      if (length < 0 || length > buffer.length() - start) {
        throw new IllegalArgumentException("a block is cut off");
      }
      position = start + length;
      return buffer.getBytes(start, position);
    }
  }
}

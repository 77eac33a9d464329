package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.Base64Packet;
import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.Outbox;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what waits for a session into one buffer of WebSocket frames (RFC 6455, section 5.2).
/// Members of a room wait for the same frames, so the last buffer is kept until the turn ends, and
/// shared with whoever waits for the same: a broadcast is encoded and copied once per loop. Used on
/// one loop only.
final class FrameWriter {
  /// Bytes that are joined into one buffer.
  private static final int BATCH = 1 << 16;

  private static final int LONGEST_HEADER = 10;
  private static final int TEXT = 0x81;
  private static final int BINARY = 0x82;
  private static final int COMPRESSED = 0x40;

  private final VertxLoop loop;
  private final Runnable forgetTask = this::forget;
  private List<Frame> batch = new ArrayList<>();
  private List<Frame> last = new ArrayList<>();
  private @Nullable Mode lastMode;
  private @Nullable ByteBuf lastBuffer;

  /// How frames look on one connection.
  ///
  /// @param typedBinary revision 3: a binary message begins with its packet type
  /// @param base64 the client takes no binary frames: binary messages are text
  /// @param deflate smallest text that is compressed, negative for none
  record Mode(boolean typedBinary, boolean base64, int deflate) {}

  FrameWriter(VertxLoop loop) {
    this.loop = loop;
  }

  /// Takes a batch out of the outbox and encodes it.
  ByteBuf encode(Outbox outbox, Mode mode, ByteBufAllocator allocator) {
    int bytes = 0;
    batch.clear();
    for (Frame frame = outbox.poll(); frame != null; frame = next(outbox, bytes)) {
      batch.add(frame);
      bytes += frame.bytes() + LONGEST_HEADER * (1 + frame.attachments().size());
    }
    ByteBuf known = lastBuffer;
    if (known != null && mode.equals(lastMode) && sameAsLast()) {
      return known.retainedDuplicate();
    }
    ByteBuf buffer = allocator.directBuffer(bytes);
    for (Frame frame : batch) {
      write(buffer, frame, mode);
    }
    remember(buffer, mode);
    return buffer;
  }

  private static @Nullable Frame next(Outbox outbox, int bytes) {
    return bytes < BATCH ? outbox.poll() : null;
  }

  @SuppressWarnings("ReferenceEquality") // the same frames, not equal ones
  private boolean sameAsLast() {
    int size = batch.size();
    if (size != last.size()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (batch.get(i) != last.get(i)) {
        return false;
      }
    }
    return true;
  }

  private void remember(ByteBuf buffer, Mode mode) {
    if (lastBuffer == null) {
      loop.atEndOfTurn(forgetTask);
    } else {
      lastBuffer.release();
    }
    lastBuffer = buffer.retainedDuplicate();
    lastMode = mode;
    List<Frame> swap = last;
    last = batch;
    batch = swap;
  }

  private void forget() {
    if (lastBuffer != null) {
      lastBuffer.release();
      lastBuffer = null;
    }
    last.clear();
  }

  private static void write(ByteBuf buffer, Frame frame, Mode mode) {
    byte[] text = frame.text();
    if (text.length == 0) {
      // a binary message alone
    } else if (mode.deflate >= 0 && text.length >= mode.deflate) {
      byte[] compressed = frame.compressed(Deflate::compress);
      header(buffer, TEXT | COMPRESSED, compressed.length);
      buffer.writeBytes(compressed);
    } else {
      header(buffer, TEXT, text.length);
      buffer.writeBytes(text);
    }
    for (byte[] attachment : frame.attachments()) {
      if (mode.base64) {
        byte[] encoded = Base64Packet.encode(attachment);
        header(buffer, TEXT, encoded.length + (mode.typedBinary ? 2 : 1));
        buffer.writeByte('b');
        if (mode.typedBinary) {
          buffer.writeByte('4');
        }
        buffer.writeBytes(encoded);
        continue;
      }
      header(buffer, BINARY, attachment.length + (mode.typedBinary ? 1 : 0));
      if (mode.typedBinary) {
        buffer.writeByte(4);
      }
      buffer.writeBytes(attachment);
    }
  }

  private static void header(ByteBuf buffer, int first, int length) {
    buffer.writeByte(first);
    if (length < 126) {
      buffer.writeByte(length);
    } else if (length < 1 << 16) {
      buffer.writeByte(126).writeShort(length);
    } else {
      buffer.writeByte(127).writeLong(length);
    }
  }
}

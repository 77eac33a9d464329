package io.chatterbox.socketio.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Decoder of WebSocket frames from a client (RFC 6455, section 5.2) into whole messages. Memory
/// grows with what has arrived, not with what a header announces, and never above the limit.
final class FrameReader {
  /// Where whole messages go. After a violation nothing more comes.
  interface Sink {
    void message(boolean text, boolean compressed, byte[] message);

    void ping(byte[] payload);

    void pong();

    /// @param code of the close frame, 1005 if it has none
    void close(int code);

    /// The peer broke the protocol.
    ///
    /// @param code for the close frame
    void violation(int code);
  }

  static final int PROTOCOL_ERROR = 1002;
  static final int TOO_BIG = 1009;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_CHUNK = 4096;
  private static final int NO_CODE = 1005;
  private static final byte[] NOTHING = {};

  private final int limit;
  private final boolean compression;
  private final Sink sink;

  private byte[] header = NOTHING;
  private boolean inPayload;
  private boolean fin;
  private int opcode;
  private int mask;

  /// Of the message that is being put together: 0 for none.
  private int messageOpcode;

  private boolean messageCompressed;
  private byte[] message = NOTHING;
  private int messageLength;

  /// Where the payload of the present frame goes: the message, or a control frame's own array.
  private byte[] control = NOTHING;

  private int frameFrom;
  private int frameAt;
  private int frameEnd;
  private boolean failed;

  FrameReader(int limit, boolean compression, Sink sink) {
    this.limit = limit;
    this.compression = compression;
    this.sink = sink;
  }

  /// Reads all that is there. The buffer stays the caller's.
  void read(ByteBuf bytes) {
    ByteBuf in =
        header.length == 0
            ? bytes
            : Unpooled.wrappedBuffer(Unpooled.wrappedBuffer(header), bytes.slice());
    header = NOTHING;
    while (!failed) {
      if (inPayload) {
        payload(in);
        if (frameAt < frameEnd) {
          return;
        }
        inPayload = false;
        frameComplete();
      } else if (!header(in)) {
        header = new byte[in.readableBytes()];
        in.readBytes(header);
        return;
      }
    }
  }

  /// False if more bytes are needed.
  private boolean header(ByteBuf in) {
    if (in.readableBytes() < 2) {
      return false;
    }
    int at = in.readerIndex();
    int first = in.getByte(at);
    int second = in.getByte(at + 1);
    int shortLength = second & 0x7F;
    int lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
    if (second >= 0) {
      fail(PROTOCOL_ERROR); // "The server MUST close the connection upon receiving a frame that is
      // not masked"
      return true;
    }
    if (in.readableBytes() < 6 + lengthBytes) {
      return false;
    }
    in.skipBytes(2);
    long length =
        switch (lengthBytes) {
          case 0 -> shortLength;
          case 2 -> in.readUnsignedShort();
          default -> in.readLong();
        };
    mask = in.readInt();
    begin(first, length);
    return true;
  }

  private void begin(int first, long length) {
    fin = (first & 0x80) != 0;
    opcode = first & 0x0F;
    boolean compressed = (first & 0x40) != 0;
    boolean isControl = opcode >= 8;
    boolean allowed =
        switch (opcode) {
          case 0 -> messageOpcode != 0 && !compressed;
          case 1, 2 -> messageOpcode == 0 && (!compressed || compression);
          case 8, 9, 10 -> fin && !compressed && length >= 0 && length <= 125;
          default -> false;
        };
    if ((first & 0x30) != 0 || !allowed) {
      fail(PROTOCOL_ERROR);
    } else if (!isControl && (length < 0 || length > limit - messageLength)) {
      fail(TOO_BIG);
    } else {
      if (opcode == 1 || opcode == 2) {
        messageOpcode = opcode;
        messageCompressed = compressed;
      }
      frameFrom = isControl ? 0 : messageLength;
      frameAt = frameFrom;
      frameEnd = frameFrom + (int) length;
      control = isControl ? new byte[(int) length] : NOTHING;
      inPayload = true;
    }
  }

  private void payload(ByteBuf in) {
    int length = Math.min(in.readableBytes(), frameEnd - frameAt);
    byte[] target = opcode >= 8 ? control : room(frameAt + length);
    in.readBytes(target, frameAt, length);
    unmask(
        target,
        frameAt,
        frameAt + length,
        Integer.rotateLeft(mask, 8 * ((frameAt - frameFrom) & 3)));
    frameAt += length;
  }

  /// The message's array with room up to `end`: exact where the frame is the whole message and all
  /// there.
  private byte[] room(int end) {
    if (message.length < end) {
      int size =
          end == frameEnd && fin ? end : Math.max(Math.max(end, FIRST_CHUNK), message.length * 2);
      message = Arrays.copyOf(message, size);
    }
    return message;
  }

  /// @param mask with its first byte, for the byte at `from`, on top
  private static void unmask(byte[] bytes, int from, int to, int mask) {
    long reversed = Integer.toUnsignedLong(Integer.reverseBytes(mask));
    long wide = (reversed << 32) | reversed;
    int at = from;
    for (; at <= to - 8; at += 8) {
      LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ wide);
    }
    for (int i = 0; at < to; at++, i++) {
      bytes[at] ^= (byte) (reversed >> (8 * (i & 3)));
    }
  }

  private void frameComplete() {
    switch (opcode) {
      case 8 -> close();
      case 9 -> sink.ping(control);
      case 10 -> sink.pong();
      default -> {
        messageLength = frameEnd;
        if (fin) {
          messageComplete();
        }
      }
    }
  }

  private void messageComplete() {
    byte[] whole =
        message.length == messageLength ? message : Arrays.copyOf(message, messageLength);
    boolean text = messageOpcode == 1;
    message = NOTHING;
    messageLength = 0;
    messageOpcode = 0;
    sink.message(text, messageCompressed, whole);
  }

  private void close() {
    if (control.length == 1) {
      fail(PROTOCOL_ERROR);
      return;
    }
    failed = true;
    sink.close(control.length == 0 ? NO_CODE : ((control[0] & 0xFF) << 8) | (control[1] & 0xFF));
  }

  private void fail(int code) {
    failed = true;
    message = NOTHING;
    sink.violation(code);
  }

  /// Nothing more is read.
  void stop() {
    failed = true;
  }

  /// RFC 6455, section 7.4: some codes are never on the wire, others stand for nothing.
  static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code < 5000);
  }
}

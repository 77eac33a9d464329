package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Outbox;
import io.chatterbox.engineio.ProtocolException;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.Transport;
import io.chatterbox.engineio.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.impl.ContextInternal;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket as a session's transport, on a channel that was taken over from Vert.x: frames are
/// read and written here, without anything in between but TLS.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails ends in exceptionCaught or channelInactive
final class WebSocketTransport extends ChannelInboundHandlerAdapter
    implements Transport, FrameReader.Sink {
  /// How long the peer may take to answer a close frame.
  private static final long CLOSING_MILLIS = 2_000;

  private static final int NORMAL = 1000;
  private static final int GOING_AWAY = 1001;
  private static final int PROTOCOL_ERROR = 1002;
  private static final int INVALID_PAYLOAD = 1007;
  private static final int CLOSE_FRAME = 0x88;
  private static final int PONG_FRAME = 0x8A;

  private final VertxLoop loop;
  private final FrameWriter.Mode mode;
  private final int limit;
  private final FrameReader reader;

  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Session session;
  private @Nullable ByteBuf early;
  private boolean closing;

  /// What the session has left to send before it ends, and the code to end with.
  private @Nullable Outbox leaving;

  private int leavingCode;

  WebSocketTransport(VertxLoop loop, FrameWriter.Mode mode, int limit) {
    this.loop = loop;
    this.mode = mode;
    this.limit = limit;
    this.reader = new FrameReader(limit, mode.deflate() >= 0, this);
  }

  /// Frames may go both ways now; on the session's loop.
  void start(Session session) {
    this.session = session;
  }

  /// Runs the task when the connection is closed; on the session's loop.
  void whenClosed(Runnable task) {
    ctx().channel().closeFuture().addListener(closed -> task.run());
  }

  /// Reads what came before [#start].
  void readEarly() {
    ByteBuf bytes = early;
    early = null;
    if (bytes != null) {
      read(bytes);
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  private ChannelHandlerContext ctx() {
    ChannelHandlerContext known = ctx;
    if (known == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return known;
  }

  // ---- in

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof ByteBuf bytes)) {
      if (session == null) {
        ctx.fireChannelRead(message); // the rest of the HTTP request
      } else {
        ReferenceCountUtil.release(message);
      }
    } else if (session == null) {
      early = early == null ? bytes : Unpooled.wrappedBuffer(early, bytes);
    } else {
      ContextInternal previous = loop.context().beginDispatch();
      try {
        read(bytes);
      } finally {
        loop.context().endDispatch(previous);
      }
    }
  }

  private void read(ByteBuf bytes) {
    try {
      reader.read(bytes);
    } finally {
      bytes.release();
    }
  }

  @Override
  public void message(boolean text, boolean compressed, byte[] message) {
    Session owner = session;
    if (owner == null || closing) {
      return;
    }
    byte[] plain = message;
    if (compressed) {
      try {
        plain = Deflate.decompress(message, limit);
      } catch (ProtocolException e) {
        violation(FrameReader.TOO_BIG);
        return;
      }
    }
    if (!text) {
      owner.receiveBinary(this, plain);
    } else if (Utf8.isValid(plain, 0, plain.length)) {
      owner.receive(this, plain, 0, plain.length);
    } else {
      violation(INVALID_PAYLOAD);
    }
  }

  /// A peer that pings without reading gets no pongs.
  @Override
  public void ping(byte[] payload) {
    if (!closing && ctx().channel().isWritable()) {
      ctx().writeAndFlush(controlFrame(PONG_FRAME, payload), ctx().voidPromise());
    }
  }

  @Override
  public void pong() {}

  @Override
  public void close(int code) {
    if (closing) {
      ctx().close();
    } else {
      goodbye(code == 1005 ? NORMAL : FrameReader.isSendable(code) ? code : PROTOCOL_ERROR, true);
      ended(CloseReason.TRANSPORT_CLOSE);
    }
  }

  @Override
  public void violation(int code) {
    goodbye(code, true);
    ended(CloseReason.TRANSPORT_ERROR);
  }

  // ---- out

  @Override
  public String name() {
    return "websocket";
  }

  @Override
  public boolean isWritable() {
    return !closing && ctx().channel().isWritable();
  }

  @Override
  public void flush(Outbox outbox) {
    Channel channel = ctx().channel();
    boolean wrote = false;
    while (!closing && !outbox.isEmpty() && channel.isWritable()) {
      ctx().write(loop.writer().encode(outbox, mode, ctx().alloc()), ctx().voidPromise());
      wrote = true;
    }
    if (wrote) {
      ctx().flush();
    }
  }

  @Override
  public void reading(boolean on) {
    ctx().channel().config().setAutoRead(on);
  }

  @Override
  public void close(Outbox outbox, CloseReason reason) {
    if (closing) {
      return;
    }
    switch (reason) {
      case SLOW_CONSUMER, PING_TIMEOUT -> {
        closing = true;
        reader.stop();
        ctx().close();
      }
      case SERVER_SHUTTING_DOWN -> goodbye(outbox, GOING_AWAY);
      default -> goodbye(outbox, NORMAL);
    }
  }

  private void goodbye(Outbox outbox, int code) {
    flush(outbox);
    if (outbox.isEmpty()) {
      goodbye(code, false);
    } else if (leaving == null) {
      leaving = outbox;
      leavingCode = code;
      closeIn(CLOSING_MILLIS);
    }
  }

  /// Sends a close frame, and closes the channel when it is out (`last`) or the peer has answered
  /// it.
  private void goodbye(int code, boolean last) {
    if (closing) {
      return;
    }
    closing = true;
    reading(true);
    byte[] payload = {(byte) (code >> 8), (byte) code};
    var sent = ctx().writeAndFlush(controlFrame(CLOSE_FRAME, payload));
    if (last) {
      reader.stop();
      sent.addListener(ChannelFutureListener.CLOSE);
    }
    closeIn(CLOSING_MILLIS);
  }

  private void closeIn(long millis) {
    var giveUp = ctx().executor().schedule(() -> ctx().close(), millis, TimeUnit.MILLISECONDS);
    ctx().channel().closeFuture().addListener(closed -> giveUp.cancel(false));
  }

  private ByteBuf controlFrame(int first, byte[] payload) {
    ByteBuf frame = ctx().alloc().directBuffer(2 + payload.length);
    return frame.writeByte(first).writeByte(payload.length).writeBytes(payload);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    Session owner = session;
    Outbox last = leaving;
    if (last != null && !closing) {
      flush(last);
      if (last.isEmpty()) {
        goodbye(leavingCode, false);
      }
    } else if (owner != null && ctx.channel().isWritable()) {
      owner.writable(this);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    if (early != null) {
      early.release();
      early = null;
    }
    ended(CloseReason.TRANSPORT_CLOSE);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      loop.failed(cause);
    }
    closing = true;
    reader.stop();
    ctx.close();
    loop.atEndOfTurn(() -> ended(CloseReason.TRANSPORT_ERROR));
  }

  private void ended(CloseReason reason) {
    Session owner = session;
    if (owner != null) {
      owner.transportEnded(this, reason);
    }
  }
}

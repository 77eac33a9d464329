package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.Loop;
import io.chatterbox.engineio.Outbox;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.Transport;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A WebSocket as the transport of a session that speaks [Plain]: packets become plain messages,
/// pings and close frames, and the other way round. All on the session's loop.
public final class PlainTransport implements Transport {
  static final String NAME = "plain";

  /// Bytes that are given to the wire before they have left it.
  private static final int HIGH = 1 << 16;

  private static final int LOW = HIGH / 2;

  /// How long the peer may take to answer a close frame.
  private static final long CLOSING_MILLIS = 2_000;

  private static final byte[] PONG = {'3'};

  private final PlainWire wire;
  private final Loop loop;
  private @Nullable Session session;
  private int inFlight;
  private boolean isFull;
  private byte[] pinged = {};
  private boolean closing;
  private boolean gone;
  private Loop.@Nullable Timer giveUp;

  /// What the session has left to send before it ends, and what to end with.
  private @Nullable Outbox leaving;

  private PlainClose leavingWith = PlainClose.NORMAL;

  public PlainTransport(PlainWire wire, Loop loop) {
    this.wire = wire;
    this.loop = loop;
  }

  /// Before anything else.
  public void bind(Session session) {
    this.session = session;
  }

  @Override
  public String name() {
    return NAME;
  }

  // ---- in

  /// A text message.
  ///
  /// @param message valid UTF-8
  public void text(byte[] message) {
    if (session != null && !closing) {
      byte[] packet = new byte[message.length + 1];
      packet[0] = '4';
      System.arraycopy(message, 0, packet, 1, message.length);
      session.receive(this, packet, 0, packet.length);
    }
  }

  /// A binary message, which is never right.
  public void binary() {
    if (session != null && !closing) {
      session.receiveBinary(this, new byte[0]);
    }
  }

  /// A pong; only one to the last ping says that the peer has read it.
  public void pong(byte[] payload) {
    if (session != null && pinged.length > 0 && Arrays.equals(payload, pinged)) {
      pinged = new byte[0];
      session.receive(this, PONG, 0, PONG.length);
    }
  }

  /// The peer breaks the rules.
  public void violation(PlainClose code) {
    goodbye(code);
    ended(CloseReason.TRANSPORT_ERROR);
  }

  /// The WebSocket is closed.
  public void closed() {
    gone = true;
    closing = true;
    if (giveUp != null) {
      giveUp.cancel();
    }
    ended(CloseReason.TRANSPORT_CLOSE);
  }

  private void ended(CloseReason reason) {
    if (session != null) {
      session.transportEnded(this, reason);
    }
  }

  // ---- out

  @Override
  public boolean isWritable() {
    return !closing && !isFull;
  }

  @Override
  public void flush(Outbox outbox) {
    while (isWritable()) {
      Frame frame = outbox.poll();
      if (frame == null) {
        return;
      }
      send(frame);
    }
  }

  private void send(Frame frame) {
    byte[] packet = frame.text();
    if (packet.length == 0) {
      return;
    }
    switch (packet[0]) {
      case '2' -> ping();
      case '4' -> message(frame, packet);
      default -> {
        // what else Engine.IO says has no meaning here
      }
    }
  }

  private void ping() {
    pinged =
        ByteBuffer.allocate(Long.BYTES).putLong(ThreadLocalRandom.current().nextLong()).array();
    wire.ping(pinged);
  }

  private void message(Frame frame, byte[] packet) {
    switch (packet[1]) {
      case '2', '3' -> {
        int bytes = frame.bytes();
        inFlight += bytes;
        isFull = inFlight >= HIGH;
        wire.text(frame.translated(Plain::text), left -> written(bytes, left));
      }
      // DISCONNECT and CONNECT_ERROR: there is one socket to a connection
      case '1' -> goodbye(PlainClose.UNAUTHORIZED);
      case '4' -> goodbye(PlainClose.REFUSED);
      default -> {
        // CONNECT was not asked for
      }
    }
  }

  private void written(int bytes, boolean left) {
    inFlight -= bytes;
    if (!left) {
      if (!closing) {
        goodbye(PlainClose.ERROR);
        ended(CloseReason.TRANSPORT_ERROR);
      }
    } else if (isFull && inFlight <= LOW) {
      isFull = false;
      goOn();
    }
  }

  private void goOn() {
    if (leaving != null) {
      sayGoodbye(leaving);
    } else if (session != null) {
      session.writable(this);
    }
  }

  @Override
  public void reading(boolean on) {
    wire.reading(on);
  }

  @Override
  public void close(Outbox outbox, CloseReason reason) {
    PlainClose code = PlainClose.of(reason);
    switch (reason) {
      // what waits for a peer that does not read would not get out
      case SLOW_CONSUMER, PING_TIMEOUT -> goodbye(code);
      default -> {
        leavingWith = code;
        leaving = outbox;
        closeIn();
        sayGoodbye(outbox);
      }
    }
  }

  private void sayGoodbye(Outbox outbox) {
    flush(outbox);
    if (outbox.isEmpty()) {
      leaving = null;
      goodbye(leavingWith);
    }
  }

  private void goodbye(PlainClose code) {
    if (!closing) {
      closing = true;
      // else the answer to the close frame would not be read
      wire.reading(true);
      wire.close(code.code(), code.reason());
      closeIn();
    }
  }

  private void closeIn() {
    if (giveUp == null && !gone) {
      giveUp = loop.schedule(CLOSING_MILLIS, wire::cut);
    }
  }
}

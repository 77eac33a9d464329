package io.chatterbox.engineio;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One Engine.IO session: packets in and out over its present transport, heartbeat, upgrade and
/// end. Lives on one [Loop]; nothing here is called from another thread.
///
/// What is sent in one turn of the loop leaves together when the turn ends.
public final class Session {
  /// Bytes that make a flush worth its call before the turn ends.
  private static final int FLUSH_EARLY = 1 << 16;

  private final Opening opening;
  private final EngineOptions options;
  private final Loop loop;
  private final Outbox outbox;
  private final Heartbeat heartbeat;
  private final SessionHandler handler;
  private final Inbound inbound;
  private final Upgrading upgrading;
  private final Runnable flushTask = this::flushTurn;

  private Transport transport;
  private boolean takesTrailers = true;
  private boolean dirty;
  private boolean stalled;

  /// The queue has overflowed: nothing more is taken, and the session ends with this turn.
  private boolean overflown;

  private boolean isReading = true;
  private boolean closed;

  /// Why the session was closed amid an upgrade, until the client can hear of it.
  private @Nullable CloseReason deferred;

  /// @param handlers makes what the session's messages are for
  public Session(
      Opening opening,
      EngineOptions options,
      Loop loop,
      Transport transport,
      Function<Session, SessionHandler> handlers) {
    this.opening = opening;
    this.options = options;
    this.loop = loop;
    this.transport = transport;
    this.outbox = new Outbox(options.limits().maxQueuedBytes());
    this.heartbeat = new Heartbeat(this, options.heartbeat());
    this.handler = handlers.apply(this);
    this.inbound = new Inbound(this, heartbeat, handler);
    this.upgrading = new Upgrading(this, options.transports());
  }

  /// Sends the `open` packet and starts the heartbeat ("Handshake").
  ///
  /// @param upgradable whether the client may go on to WebSocket
  public void open(boolean upgradable) {
    send(opening.packet(options, upgradable));
    heartbeat.start();
    handler.onOpen();
  }

  // ---- sending

  /// From now on frames go without their trailing values.
  public void refuseTrailers() {
    takesTrailers = false;
  }

  /// Sends a frame that may not be lost.
  public void send(Frame frame) {
    send(frame, Delivery.MESSAGE, this);
  }

  /// Sends a frame; nothing happens on a closed session.
  ///
  /// @param owner whose keys the delivery's key is among
  public void send(Frame frame, Delivery delivery, Object owner) {
    if (closed || overflown || (delivery instanceof Delivery.Volatile && !isWritable())) {
      return;
    }
    Frame sent = takesTrailers ? frame : frame.withoutTrailer();
    boolean added = stalled ? outbox.add(sent, delivery, owner) : addFlowing(sent);
    if (!added) {
      // not at once: whoever sends may be amid a broadcast, and is not to meet the application's
      // handlers of the end there
      overflown = true;
      loop.atEndOfTurn(() -> close(CloseReason.SLOW_CONSUMER));
    } else if (!dirty && !stalled) {
      dirty = true;
      loop.atEndOfTurn(flushTask);
    }
  }

  /// While the peer keeps up, a turn that produces much is written in parts instead of being
  /// refused.
  private boolean addFlowing(Frame frame) {
    if (outbox.bytes() >= FLUSH_EARLY) {
      flush();
    }
    return outbox.add(frame);
  }

  private void flushTurn() {
    dirty = false;
    if (!closed) {
      try {
        flush();
      } catch (Throwable e) {
        close(CloseReason.TRANSPORT_ERROR);
        throw e;
      }
    }
  }

  private void flush() {
    transport.flush(outbox);
    boolean was = stalled;
    stalled = !outbox.isEmpty();
    if (was && !stalled && !closed) {
      handler.onDrain();
    }
  }

  /// The transport can take more.
  public void writable(Transport from) {
    if (uses(from) && (!closed || deferred != null)) {
      flush();
    }
  }

  /// Whether a frame would leave at the end of this turn.
  public boolean isWritable() {
    return !stalled && transport.isWritable();
  }

  public int queuedBytes() {
    return outbox.bytes();
  }

  /// What its present transport is called; for other threads as it was a while ago.
  public String transport() {
    return transport.name();
  }

  // ---- receiving

  /// A text packet, its type character included.
  ///
  /// @param bytes valid UTF-8
  public void receive(Transport from, byte[] bytes, int start, int end) {
    try {
      text(from, bytes, start, end);
    } catch (ProtocolException e) {
      close(CloseReason.PARSE_ERROR);
    }
  }

  /// A binary WebSocket message.
  public void receiveBinary(Transport from, byte[] bytes) {
    if (upgrading.isOf(from)) {
      upgrading.drop();
      return;
    }
    try {
      binary(from, inbound.untyped(bytes));
    } catch (ProtocolException e) {
      close(CloseReason.PARSE_ERROR);
    }
  }

  /// A payload of HTTP long-polling. The session is closed if it is refused.
  public void receivePayload(Transport from, PayloadCodec codec, byte[] body, boolean isBinary)
      throws ProtocolException {
    try {
      codec.decode(
          body,
          isBinary,
          new PacketSink() {
            @Override
            public void text(byte[] bytes, int start, int end) throws ProtocolException {
              Session.this.text(from, bytes, start, end);
            }

            @Override
            public void binary(byte[] bytes) throws ProtocolException {
              Session.this.binary(from, bytes);
            }
          });
    } catch (ProtocolException e) {
      close(CloseReason.PARSE_ERROR);
      throw e;
    }
  }

  private void text(Transport from, byte[] bytes, int start, int end) throws ProtocolException {
    if (upgrading.isOf(from)) {
      upgrading.packet(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    } else if (start == end) {
      throw new ProtocolException("empty packet");
    } else if (uses(from) && !closed) {
      inbound.text(bytes, start, end);
    }
  }

  private void binary(Transport from, byte[] bytes) throws ProtocolException {
    if (uses(from) && !closed) {
      inbound.binary(bytes);
    }
  }

  /// A WebSocket asks to take over ("Upgrade").
  public void offer(Transport candidate) {
    upgrading.offer(transport, candidate);
  }

  boolean isProbed() {
    return upgrading.isProbed();
  }

  /// An upgrade is complete.
  void takenOver(Transport by) {
    transport = by;
    if (!isReading) {
      transport.reading(false);
    }
    flush();
    upgradeEnded();
  }

  // ---- end

  /// The transport is gone, or broke its rules.
  public void transportEnded(Transport from, CloseReason reason) {
    if (upgrading.isOf(from)) {
      upgrading.forget();
    } else if (uses(from)) {
      close(reason);
    }
  }

  /// Ends the session; what was sent before leaves first, if the peer takes it.
  public void close(CloseReason reason) {
    if (closed) {
      return;
    }
    closed = true;
    heartbeat.stop();
    if (upgrading.isUnderWay() && reason.isOrderly()) {
      deferred = reason;
      flush();
    } else {
      upgrading.drop();
      transport.close(outbox, reason);
    }
    handler.onClose(reason);
  }

  /// A client that was busy with its upgrade can hear of the end now.
  void upgradeEnded() {
    CloseReason reason = deferred;
    if (reason != null) {
      deferred = null;
      transport.close(outbox, reason);
    }
  }

  public boolean isClosed() {
    return closed;
  }

  public String id() {
    return opening.id();
  }

  public int revision() {
    return opening.revision();
  }

  public ConnectRequest request() {
    return opening.request();
  }

  public Loop loop() {
    return loop;
  }

  /// Whether `transport` is what the session uses now.
  @SuppressWarnings("ReferenceEquality") // which one it is, not what it is like
  public boolean uses(Transport transport) {
    return this.transport == transport;
  }

  /// Stops and starts reading the peer; also what it upgrades to.
  public void reading(boolean on) {
    isReading = on;
    transport.reading(on);
  }

  boolean isReading() {
    return isReading;
  }
}

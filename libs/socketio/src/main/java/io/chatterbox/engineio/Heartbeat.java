package io.chatterbox.engineio;

import org.jspecify.annotations.Nullable;

/// Finds out that a peer is gone ("Heartbeat"): in revision 4 the server pings and the client
/// answers, in revision 3 the client pings.
final class Heartbeat {
  /// Milliseconds by which timers ring late on a machine that has time.
  private static final int TIMER_LATENESS = 5;

  private final Session session;
  private final EngineOptions.Heartbeat options;
  private final boolean clientPings;

  private Loop.@Nullable Timer timer;
  private boolean awaitingPong;

  /// When the timer should ring, by [Loop#millis].
  private long due;

  private boolean heard;
  private boolean extended;

  Heartbeat(Session session, EngineOptions.Heartbeat options) {
    this.session = session;
    this.options = options;
    this.clientPings = session.revision() == 3;
  }

  void start() {
    if (clientPings) {
      awaitPing();
    } else {
      schedulePing();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  /// Anything came from the peer.
  void heard() {
    heard = true;
  }

  void ping() {
    if (clientPings) {
      session.send(Frame.PONG);
      if (!session.isClosed()) {
        awaitPing();
      }
    } else {
      session.close(CloseReason.TRANSPORT_ERROR);
    }
  }

  void pong() {
    if (clientPings) {
      session.close(CloseReason.TRANSPORT_ERROR);
    } else if (awaitingPong) {
      awaitingPong = false;
      schedulePing();
    }
  }

  private void schedulePing() {
    wait(options.interval().toMillis(), this::sendPing);
  }

  /// The time for the answer counts from when the ping was due, so that a silent session is over
  /// `pingInterval + pingTimeout` after its handshake, which is what a client counts too. A ping
  /// that is much too late (the process stood still) is given its time.
  private void sendPing() {
    long late = session.loop().millis() - due;
    session.send(Frame.PING);
    if (session.isClosed()) {
      return;
    }
    awaitingPong = true;
    heard = false;
    extended = false;
    long timeout = options.timeout().toMillis();
    wait(late < TIMER_LATENESS ? timeout - late : timeout, this::checkPong);
  }

  /// Whoever sent anything since the ping is alive: its pong is behind other traffic, but not for
  /// ever. Of a peer that is not read, nothing can be said.
  private void checkPong() {
    if (!session.isReading()) {
      wait(options.timeout().toMillis(), this::checkPong);
    } else if (heard && !extended) {
      extended = true;
      wait(options.timeout().toMillis(), this::checkPong);
    } else {
      session.close(CloseReason.PING_TIMEOUT);
    }
  }

  private void awaitPing() {
    wait(
        options.interval().plus(options.timeout()).toMillis(),
        () -> session.close(CloseReason.PING_TIMEOUT));
  }

  private void wait(long millis, Runnable task) {
    stop();
    due = session.loop().millis() + millis;
    timer = session.loop().schedule(millis, task);
  }
}

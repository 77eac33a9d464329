package io.chatterbox.engineio;

import java.time.Duration;

/// Settings of Engine.IO; the defaults are those of the Node server.
///
/// @param heartbeat ping interval and timeout
/// @param limits bounds of everything that a peer can make grow
/// @param transports what clients may use
/// @param compression when bodies and frames are compressed
public record EngineOptions(
    Heartbeat heartbeat, Limits limits, Transports transports, Compression compression) {

  public static EngineOptions defaults() {
    return new EngineOptions(
        Heartbeat.defaults(), Limits.defaults(), Transports.defaults(), Compression.defaults());
  }

  public EngineOptions with(Heartbeat heartbeat) {
    return new EngineOptions(heartbeat, limits, transports, compression);
  }

  public EngineOptions with(Limits limits) {
    return new EngineOptions(heartbeat, limits, transports, compression);
  }

  public EngineOptions with(Transports transports) {
    return new EngineOptions(heartbeat, limits, transports, compression);
  }

  public EngineOptions with(Compression compression) {
    return new EngineOptions(heartbeat, limits, transports, compression);
  }

  /// How a dead peer is found out.
  ///
  /// @param interval from one pong to the next ping (25 s)
  /// @param timeout how long a pong may take (20 s)
  public record Heartbeat(Duration interval, Duration timeout) {
    public Heartbeat {
      positive(interval, "interval");
      positive(timeout, "timeout");
    }

    static Heartbeat defaults() {
      return new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(20));
    }
  }

  /// Bounds.
  ///
  /// @param maxPayload bytes of one WebSocket message or POST body, 1,000,000
  /// @param maxQueuedBytes bytes that wait for one session that does not read, 1 MiB; see
  ///   [Delivery]
  /// @param bodyTimeout how long the body of a POST may take to arrive, 10 s
  public record Limits(int maxPayload, int maxQueuedBytes, Duration bodyTimeout) {
    public Limits {
      if (maxPayload < 1 || maxQueuedBytes < 1) {
        throw new IllegalArgumentException("limits must be positive");
      }
      positive(bodyTimeout, "bodyTimeout");
    }

    static Limits defaults() {
      return new Limits(1_000_000, 1 << 20, Duration.ofSeconds(10));
    }
  }

  /// Ways in.
  ///
  /// @param polling whether sessions may begin with HTTP long-polling
  /// @param websocket whether WebSocket is offered
  /// @param upgradeTimeout how long a probed upgrade may stay unfinished (10 s)
  /// @param allowV3 whether clients of revision 3 (socket.io-client 2.x) are let in
  public record Transports(
      boolean polling, boolean websocket, Duration upgradeTimeout, boolean allowV3) {
    public Transports {
      if (!polling && !websocket) {
        throw new IllegalArgumentException("at least one transport");
      }
      positive(upgradeTimeout, "upgradeTimeout");
    }

    static Transports defaults() {
      return new Transports(true, true, Duration.ofSeconds(10), false);
    }
  }

  /// What is worth compressing.
  ///
  /// @param pollingThreshold smallest polling response that is compressed, 1,024 bytes; negative
  ///   for never
  /// @param webSocketDeflate whether permessage-deflate (without context takeover) is negotiated;
  ///   off
  /// @param frameThreshold smallest WebSocket message that is compressed where deflate is
  ///   negotiated, 1,024 bytes
  public record Compression(int pollingThreshold, boolean webSocketDeflate, int frameThreshold) {
    public Compression {
      if (frameThreshold < 0) {
        throw new IllegalArgumentException("frameThreshold must not be negative");
      }
    }

    static Compression defaults() {
      return new Compression(1024, false, 1024);
    }
  }

  private static void positive(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(name + " must be positive");
    }
  }
}

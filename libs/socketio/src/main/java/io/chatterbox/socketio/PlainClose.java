package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;

/// Codes of close frames to plain clients (RFC 6455, section 7.4).
public enum PlainClose {
  NORMAL(1000, "closed"),
  GOING_AWAY(1001, "closed by the server, connect again"),
  /// The peer broke a rule that no message of its own could tell it of.
  POLICY(1008, "too many pings"),
  TOO_BIG(1009, "message too large"),
  ERROR(1011, "internal error"),
  RESTART(1012, "server restart, connect again"),
  SLOW(4008, "messages were not read in time"),
  UNAUTHORIZED(4401, "not authorized any more"),
  REFUSED(4403, "refused"),
  PING_TIMEOUT(4408, "ping timeout");

  private final int code;
  private final String reason;

  PlainClose(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  static PlainClose of(CloseReason reason) {
    return switch (reason) {
      case TRANSPORT_CLOSE, CLIENT_NAMESPACE_DISCONNECT -> NORMAL;
      case TRANSPORT_ERROR, PARSE_ERROR -> ERROR;
      case FORCED_CLOSE, FORCED_SERVER_CLOSE -> GOING_AWAY;
      case SERVER_NAMESPACE_DISCONNECT -> UNAUTHORIZED;
      case SERVER_SHUTTING_DOWN -> RESTART;
      case SLOW_CONSUMER -> SLOW;
      case PING_TIMEOUT -> PING_TIMEOUT;
    };
  }
}

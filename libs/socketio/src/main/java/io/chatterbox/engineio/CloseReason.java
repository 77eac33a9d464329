package io.chatterbox.engineio;

/// Why a session or a socket ended; `text` is what the Node server reports for the same.
public enum CloseReason {
  /// The peer closed the connection, or the network did.
  TRANSPORT_CLOSE("transport close"),
  /// The transport failed, or a request broke the rules of the transport.
  TRANSPORT_ERROR("transport error"),
  /// No pong within `pingTimeout` (revision 3: no ping).
  PING_TIMEOUT("ping timeout"),
  /// A packet that the codec refuses.
  PARSE_ERROR("parse error"),
  /// The server closed the connection.
  FORCED_CLOSE("forced close"),
  /// The client never joined a namespace, or left its last one.
  FORCED_SERVER_CLOSE("forced server close"),
  /// The client left the namespace.
  CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
  /// The server ended the socket.
  SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
  /// The server is being drained or closed.
  SERVER_SHUTTING_DOWN("server shutting down"),
  /// The outbound queue exceeded its bound (not in the Node server, which queues without a bound).
  SLOW_CONSUMER("slow consumer");

  private final String text;

  CloseReason(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /// Whether the server ended a peer that did nothing wrong, and that should hear of it.
  boolean isOrderly() {
    return switch (this) {
      case FORCED_CLOSE, FORCED_SERVER_CLOSE, SERVER_NAMESPACE_DISCONNECT, SERVER_SHUTTING_DOWN ->
          true;
      case TRANSPORT_CLOSE,
          TRANSPORT_ERROR,
          PING_TIMEOUT,
          PARSE_ERROR,
          CLIENT_NAMESPACE_DISCONNECT,
          SLOW_CONSUMER ->
          false;
    };
  }

  /// Whether a client comes back from it by itself, and may want its session back.
  public boolean isRecoverable() {
    return switch (this) {
      case TRANSPORT_CLOSE,
          TRANSPORT_ERROR,
          PING_TIMEOUT,
          FORCED_CLOSE,
          FORCED_SERVER_CLOSE,
          SERVER_SHUTTING_DOWN,
          SLOW_CONSUMER ->
          true;
      case PARSE_ERROR, CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT -> false;
    };
  }
}

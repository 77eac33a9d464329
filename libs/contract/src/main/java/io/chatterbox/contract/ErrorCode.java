package io.chatterbox.contract;

/// The codes of every refusal, as clients see them, with the HTTP status of the REST half.
public enum ErrorCode {
  VALIDATION_ERROR(400),
  UNAUTHORIZED(401),
  TOKEN_EXPIRED(401),
  FORBIDDEN(403),
  NOT_FOUND(404),
  ROOM_NOT_FOUND(404),
  CONFLICT(409),
  PAYLOAD_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  RATE_LIMITED(429),
  AI_DISABLED(503),
  AI_PROVIDER_ERROR(502),
  /// The outcome is *not known*: sending again with the same `clientMessageId` is safe.
  UNAVAILABLE(503),
  SERVER_ERROR(500),
  /// Sockets only; the status is never sent.
  UNKNOWN_EVENT(404);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  /// The HTTP status of a REST answer with this code.
  public int status() {
    return status;
  }
}

package io.chatterbox.engineio;

/// Refusals of requests, with the codes and statuses of the reference implementation.
public enum EngineError {
  UNKNOWN_TRANSPORT(0, 400, "Transport unknown"),
  UNKNOWN_SID(1, 400, "Session ID unknown"),
  BAD_HANDSHAKE_METHOD(2, 400, "Bad handshake method"),
  BAD_REQUEST(3, 400, "Bad request"),
  FORBIDDEN(4, 403, "Forbidden"),
  UNSUPPORTED_VERSION(5, 400, "Unsupported protocol version");

  private final int status;
  private final String body;

  EngineError(int code, int status, String message) {
    this.status = status;
    this.body = "{\"code\":" + code + ",\"message\":\"" + message + "\"}";
  }

  public int status() {
    return status;
  }

  /// The body, `{"code":…,"message":"…"}`.
  public String body() {
    return body;
  }
}

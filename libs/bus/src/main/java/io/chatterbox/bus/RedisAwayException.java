package io.chatterbox.bus;

import io.vertx.redis.client.impl.types.ErrorType;

/// Redis did not take or not answer a request. Carries no stack trace: it is expected at any
/// moment, and whoever asked tries again or gives up.
final class RedisAwayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean written;

  private RedisAwayException(String message, boolean written) {
    super(message, null, false, false);
    this.written = written;
  }

  /// The request never left this process.
  static RedisAwayException notSent(String message) {
    return new RedisAwayException(message, false);
  }

  /// The request may have been carried out.
  static RedisAwayException unanswered(String message) {
    return new RedisAwayException(message, true);
  }

  /// There is no connection.
  static RedisAwayException notConnected() {
    return notSent("not connected to Redis");
  }

  /// Redis's refusal as it is; what the client makes of a lost connection or a full queue, as one
  /// of these.
  static Throwable failure(Throwable cause) {
    return cause instanceof ErrorType refusal && !refusal.is("CONNECTION_CLOSED")
        ? refusal
        : unanswered(String.valueOf(cause.getMessage()));
  }

  /// Whether the request may have been carried out.
  boolean maybeDone() {
    return written;
  }
}

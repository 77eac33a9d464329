package io.chatterbox.bus;

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

  /// Whether the request may have been carried out.
  boolean maybeDone() {
    return written;
  }
}

package io.chatterbox.contract;

/// An expected refusal: a code, and a sentence for people that shows nothing of the server's
/// inside. It carries no stack trace, because it reports no fault of ours.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long retryAfterMs;

  public Refusal(ErrorCode code, String message) {
    this(code, message, 0);
  }

  /// @param retryAfterMs milliseconds until another try makes sense; 0 when there is no such time
  public Refusal(ErrorCode code, String message, long retryAfterMs) {
    super(message, null, false, false);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  public static Refusal invalid(String message) {
    return new Refusal(ErrorCode.VALIDATION_ERROR, message);
  }

  public static Refusal notFound(String message) {
    return new Refusal(ErrorCode.NOT_FOUND, message);
  }

  public static Refusal unavailable() {
    return new Refusal(
        ErrorCode.UNAVAILABLE,
        "No answer in time; it is not known whether this was done. Send it again with the same id.");
  }

  public ErrorCode code() {
    return code;
  }

  /// The sentence for people.
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /// Milliseconds until another try makes sense; 0 when there is no such time.
  public long retryAfterMs() {
    return retryAfterMs;
  }

  /// The shape clients are told: the `error` of a failed acknowledgement or REST answer.
  public Failure failure() {
    return new Failure(code, sentence(), retryAfterMs == 0 ? null : retryAfterMs);
  }
}

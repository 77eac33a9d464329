package io.chatterbox.contract;

/// Access tokens that are not good any more although they have not expired.
///
/// @param subject whose: see [#ofSession] and [#ofUser]
/// @param untilEpochMs when all of them have expired, so that this matters no longer
public record Revocation(String subject, long untilEpochMs) {
  private static final char SEPARATOR = ':';

  /// The subject of all tokens of a signed-in device.
  public static String ofSession(String sessionId) {
    return "session:" + sessionId;
  }

  /// The subject of all tokens of a user.
  public static String ofUser(String userId) {
    return "user:" + userId;
  }

  /// The form in Redis: `<until>:<subject>`.
  public String text() {
    return Long.toString(untilEpochMs) + SEPARATOR + subject;
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Revocation parse(String text) {
    int end = text.indexOf(SEPARATOR);
    if (end <= 0) {
      throw new IllegalArgumentException("not a revocation");
    }
    return new Revocation(text.substring(end + 1), Long.parseLong(text.substring(0, end)));
  }
}

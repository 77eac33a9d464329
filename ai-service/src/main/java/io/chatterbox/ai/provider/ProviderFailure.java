package io.chatterbox.ai.provider;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;

/// What a provider did instead of answering, in our own words.
///
/// @param retryAfterMs as a busy provider asked for; 0 when it did not
public record ProviderFailure(Kind kind, long retryAfterMs) {

  /// What went wrong.
  public enum Kind {
    /// 401 or 403: the key is not good.
    REFUSED("The assistant's provider refused access. Please tell the operator."),
    /// 429.
    BUSY("The assistant's provider is busy. Please try again later."),
    /// Any other status that is no success, or a failure told within the stream.
    FAILED("The assistant's provider failed."),
    UNREACHABLE("The assistant's provider could not be reached."),
    TIMEOUT("The assistant's provider did not answer in time."),
    /// The stream ended before it was finished.
    CUT("The assistant's answer was cut off."),
    /// No stream of chunks.
    UNINTELLIGIBLE("The assistant's provider gave an answer that was not understood.");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }
  }

  /// A failure that says nothing about trying again.
  public static ProviderFailure of(Kind kind) {
    return new ProviderFailure(kind, 0);
  }

  /// For people.
  public Failure failure() {
    return new Failure(
        ErrorCode.AI_PROVIDER_ERROR, kind.sentence, retryAfterMs == 0 ? null : retryAfterMs);
  }
}

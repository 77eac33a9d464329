package io.chatterbox.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// `error` in a failed acknowledgement: `{code, message, retryAfterMs?}`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(ErrorCode code, String message, @Nullable Long retryAfterMs) {

  /// The same as the exception it came from, to be thrown where the answer is awaited.
  public Refusal refusal() {
    return new Refusal(code, message, retryAfterMs == null ? 0 : retryAfterMs);
  }
}

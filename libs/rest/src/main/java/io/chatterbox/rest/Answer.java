package io.chatterbox.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.chatterbox.contract.ErrorCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The envelope of every REST answer.
public sealed interface Answer {

  /// `{success: true, data}`.
  record Data<T>(boolean success, T data) implements Answer {}

  /// `{success: true, message}`, where there is nothing to hand out.
  record Done(boolean success, String message) implements Answer {}

  /// `{success: false, error: {code, message, details?}}`.
  record Failed(boolean success, Problem error) implements Answer {}

  /// What went wrong.
  ///
  /// @param details such as `retryAfterMs`
  @JsonInclude(Include.NON_NULL)
  record Problem(ErrorCode code, String message, @Nullable Map<String, Object> details) {
    public Problem {
      details = details == null ? null : Map.copyOf(details);
    }
  }

  static <T> Data<T> of(T data) {
    return new Data<>(true, data);
  }

  static Done done(String message) {
    return new Done(true, message);
  }

  static Failed failed(ErrorCode code, String message) {
    return new Failed(false, new Problem(code, message, null));
  }
}

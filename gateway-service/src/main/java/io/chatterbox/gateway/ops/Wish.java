package io.chatterbox.gateway.ops;

import io.chatterbox.contract.Refusal;
import org.jspecify.annotations.Nullable;

/// What a page sends: a token, or something that it wants done, with an id for the reply.
record Wish(
    @Nullable String token,
    @Nullable Long id,
    @Nullable String action,
    @Nullable String service,
    @Nullable Integer partition,
    @Nullable String letter,
    @Nullable String userId,
    @Nullable String socketId,
    @Nullable String begin) {

  String need(@Nullable String value, String name) {
    if (value == null || value.isEmpty()) {
      throw Refusal.invalid(name + " is missing.");
    }
    return value;
  }
}

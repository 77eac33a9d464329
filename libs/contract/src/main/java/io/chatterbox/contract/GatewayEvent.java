package io.chatterbox.contract;

import org.jspecify.annotations.Nullable;

/// The client events that the gateway answers itself.
public sealed interface GatewayEvent {

  /// `auth`: a token for this socket. A malformed one is a bad token, never an error.
  record Auth(@Nullable String token) implements GatewayEvent {}

  /// `typing` and `stop-typing`: exactly one of the two places.
  record Typing(@Nullable String conversationId, @Nullable String roomName)
      implements GatewayEvent {
    public Typing {
      if ((conversationId == null) == (roomName == null)) {
        throw Refusal.invalid("Either conversationId or roomName is required, and not both.");
      }
    }
  }

  /// `heartbeat`: nothing.
  record Heartbeat() implements GatewayEvent {}
}

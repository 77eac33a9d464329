package io.chatterbox.contract;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.ROOM_NOT_FOUND;
import static io.chatterbox.contract.ErrorCode.TOKEN_EXPIRED;

import io.chatterbox.contract.documented.Asked;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import org.jspecify.annotations.Nullable;

/// The client events that the gateway answers itself.
public sealed interface GatewayEvent {

  /// `auth`: a token for this socket. A malformed one is a bad token, never an error.
  @Asked("auth")
  @Refuses(TOKEN_EXPIRED)
  record Auth(@Shape(required = true) @Nullable String token) implements GatewayEvent {}

  /// `typing` and `stop-typing`: exactly one of the two places.
  @Asked({"typing", "stop-typing"})
  @Refuses({NOT_FOUND, ROOM_NOT_FOUND, FORBIDDEN})
  @Shape(
      name = "Place",
      either = {"conversationId", "roomName"})
  record Typing(@Nullable String conversationId, @Nullable String roomName)
      implements GatewayEvent {
    public Typing {
      if ((conversationId == null) == (roomName == null)) {
        throw Refusal.invalid("Either conversationId or roomName is required, and not both.");
      }
    }
  }

  /// `heartbeat`: nothing.
  @Asked("heartbeat")
  record Heartbeat() implements GatewayEvent {}
}

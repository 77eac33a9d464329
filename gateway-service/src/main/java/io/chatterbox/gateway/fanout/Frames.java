package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Origin;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Frame;
import io.chatterbox.socketio.Arguments;
import io.chatterbox.socketio.Packets;
import java.util.Optional;

/// Events as frames of the namespace.
final class Frames {
  static final String NOTIFICATION = "notification";
  private static final String CLIENT_MESSAGE_ID = "clientMessageId";

  private Frames() {}

  static Frame of(String event, byte[] payload) {
    return Packets.event("/", event, Arguments.of(payload));
  }

  /// With a number, as JSON.
  static Frame of(String event, byte[] payload, byte[] number) {
    return Packets.event("/", event, Arguments.of(payload), number);
  }

  /// The payload as this user's sockets see it.
  static byte[] payloadFor(String userId, ClientEvent event) {
    Origin origin = event.origin();
    if (origin == null || !origin.userId().equals(userId)) {
      return event.payload().bytes();
    }
    return origin.isNested()
        ? Payloads.withInLast(event.payload(), CLIENT_MESSAGE_ID, origin.clientMessageId())
        : Payloads.with(event.payload(), CLIENT_MESSAGE_ID, origin.clientMessageId());
  }

  /// What one socket hears of an event.
  static Optional<Frame> heard(
      Key key, String userId, Span.Hears hears, ClientEvent event, byte[] number) {
    if (userId.equals(event.except()) || hears == Span.Hears.NOTHING) {
      return Optional.empty();
    }
    boolean isWhole =
        userId.equals(event.also())
            || switch (event.reach()) {
              case JOINED, JOINED_ELSE_NOTIFIED -> hears == Span.Hears.JOINED;
              case PARTICIPANTS -> key.kind() == Key.Kind.CONVERSATION;
              case SELF -> key.equals(Key.user(userId));
              case NOBODY -> false;
            };
    if (isWhole) {
      return Optional.of(of(event.event(), payloadFor(userId, event), number));
    }
    return event.reach() == ClientEvent.Reach.JOINED_ELSE_NOTIFIED
            && hears == Span.Hears.TAKING_PART
        ? Optional.of(
            of(NOTIFICATION, Payloads.notification(key.id(), payloadFor(userId, event)), number))
        : Optional.empty();
  }
}

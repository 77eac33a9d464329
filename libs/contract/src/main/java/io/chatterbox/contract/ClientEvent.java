package io.chatterbox.contract;

import org.jspecify.annotations.Nullable;

/// One event for clients, with the sockets it goes to.
///
/// @param event the Socket.IO event name
/// @param reach the sockets it goes to
/// @param also all sockets of this user too, joined or not
/// @param except no socket of this user
/// @param origin who caused it with which `clientMessageId`: added to the payload for this user's
///   own sockets only
/// @param payload the event's argument as JSON; never changed by a gateway but for `origin`
public record ClientEvent(
    String event,
    Reach reach,
    @Nullable String also,
    @Nullable String except,
    @Nullable Origin origin,
    RawJson payload) {

  /// Which sockets hear an event.
  public enum Reach {
    /// Sockets that joined the conversation or room.
    JOINED,
    /// Joined sockets get the event; all other sockets of participants get `notification
    /// {type:'new_message', conversationId, message}`.
    JOINED_ELSE_NOTIFIED,
    /// Every socket of every participant.
    PARTICIPANTS,
    /// On a user's own channel: all of his sockets.
    SELF,
    /// Nobody besides `also`.
    NOBODY
  }

  /// The author of a message and the id he gave it.
  ///
  /// @param isNested the message is not the payload itself but its last field
  public record Origin(String userId, String clientMessageId, boolean isNested) {}

  /// An event for the given sockets and nobody besides.
  public static ClientEvent of(String event, Reach reach, RawJson payload) {
    return new ClientEvent(event, reach, null, null, null, payload);
  }
}

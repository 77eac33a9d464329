package io.chatterbox.contract;

import org.jspecify.annotations.Nullable;

/// What presence-service publishes on a key's channel: a state with its version. Gateways drop what
/// is not newer than what they know and tell clients the difference. Each is published a second
/// time a moment later, for those who did not hear the first.
public sealed interface PresenceNews {

  /// A user's state, on the channel of the user.
  ///
  /// @param version higher with every change
  /// @param was the status before
  /// @param lastSeen when he last went offline, in milliseconds since 1970
  /// @param by the socket that caused it, if one did
  /// @param again whether this is the second time
  record OfUser(
      String userId,
      long version,
      String was,
      String status,
      @Nullable Long lastSeen,
      @Nullable String by,
      boolean again)
      implements PresenceNews {}

  /// What changed in a room, on the channel of the room.
  ///
  /// @param version one more with every change, so that a gap shows
  /// @param what `entered`, `left` or `cut`; empty the second time, which names the version only
  /// @param person who came or went
  record OfRoom(
      String roomName,
      long version,
      PresenceCommand.@Nullable What what,
      PresenceCommand.@Nullable Person person)
      implements PresenceNews {}
}

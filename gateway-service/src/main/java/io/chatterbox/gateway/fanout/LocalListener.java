package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.PresenceCommand.Person;
import java.util.Set;

/// Hears who is at this gateway and in whose company. Called on the [Hub], in the order in which it
/// happens; must not block. Every bean of this type is told.
public interface LocalListener {

  /// The first authenticated socket of a user here.
  default void signedIn(Person person) {}

  /// The last authenticated socket of a user here has gone.
  default void signedOut(Person person) {}

  /// The first socket of a user here joined a room.
  default void enteredRoom(String roomName, Person person) {}

  /// The last socket of a user here left a room.
  ///
  /// @param bye by `leave-room`; otherwise the socket was cut
  default void leftRoom(String roomName, Person person, boolean bye) {}

  /// A conversation has its first participant here.
  ///
  /// @param participants everyone in it, here or not
  default void conversationOpened(String conversationId, Set<String> participants) {}

  /// Someone came into or went out of a conversation that is open here.
  default void participantChanged(String conversationId, Hint.Membership membership) {}

  /// Another participant of an open conversation is here now.
  default void participantHere(String conversationId, String userId) {}

  /// A participant of an open conversation is here no longer, or a participant no longer.
  default void participantAway(String conversationId, String userId) {}

  /// A conversation has no participant here any more.
  default void conversationClosed(String conversationId) {}
}

package io.chatterbox.gateway.presence;

import io.chatterbox.contract.PresenceCommand.Person;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells clients of this gateway what has changed.
interface Announcer {
  void online(String userId, Set<String> audience);

  void offline(String userId, @Nullable Instant lastSeen, Set<String> audience);

  void status(String userId, String status, Set<String> audience);

  /// To the user's own sockets.
  ///
  /// @param by the socket that knows it already
  void statusToOwn(String userId, String status, @Nullable String by);

  /// To those in the room, but to none of the person's own sockets.
  void entered(String room, Person person);

  void left(String room, Person person);
}

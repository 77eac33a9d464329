package io.chatterbox.contract;

import static io.chatterbox.contract.Key.Kind.PARTITION;
import static io.chatterbox.contract.Key.Kind.USER;

import java.util.List;

/// What presence-service is asked to do.
public sealed interface PresenceCommand {

  /// What a user may set by hand. `ONLINE` goes back to automatic.
  enum Settable {
    online,
    away,
    busy
  }

  /// Set the caller's status by hand. Reply: `{status}`.
  @Command(event = "update-status", kind = USER)
  record UpdateStatus(Settable status) implements PresenceCommand {
    public UpdateStatus {
      if (status == null) {
        throw Refusal.invalid("status is one of online, away, busy.");
      }
    }
  }

  /// Ask for others' presence. Reply: `{presence: [{userId, status, lastSeen}]}`, in the order
  /// asked, doubles and unknown ids dropped.
  @Command(event = "get-presence", kind = USER, asks = true)
  record GetPresence(List<String> userIds) implements PresenceCommand {
    private static final int MOST = 100;

    public GetPresence {
      if (userIds == null) {
        throw Refusal.invalid("userIds is required.");
      }
      userIds = Input.list(userIds, "userIds");
      if (userIds.size() > MOST) {
        throw Refusal.invalid("At most 100 userIds may be asked for at once.");
      }
    }
  }

  /// What changed at a gateway since its last report, about users and rooms of one partition.
  ///
  /// @param incarnation the gateway's name with a part that is new at every start
  /// @param whole whether this is everything the gateway has in this partition, so that what is not
  ///   named is gone
  /// @param online users with an open authenticated socket there
  /// @param gone users whose last socket there has gone
  /// @param active users who sent something since the last report
  /// @param entered users who are in a room now with at least one socket there
  /// @param left users whose last socket there has left a room
  @Command(event = "report-presence", kind = PARTITION, internal = true)
  record Report(
      String incarnation,
      boolean whole,
      List<Person> online,
      List<String> gone,
      List<String> active,
      List<Occupant> entered,
      List<Occupant> left)
      implements PresenceCommand {
    public Report {
      online = List.copyOf(online);
      gone = List.copyOf(gone);
      active = List.copyOf(active);
      entered = List.copyOf(entered);
      left = List.copyOf(left);
    }
  }

  /// A user with the name to be told to others.
  record Person(String userId, String username) {}

  /// A user in a room.
  ///
  /// @param bye left by `leave-room`, so that nothing is waited for; otherwise the socket was cut
  record Occupant(String roomName, Person person, boolean bye) {}
}

package io.chatterbox.contract;

import static io.chatterbox.contract.Key.Kind.PARTITION;
import static io.chatterbox.contract.Key.Kind.USER;

import io.chatterbox.contract.documented.Shape;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What presence-service is asked to do.
public sealed interface PresenceCommand {

  /// What a user may set by hand. `ONLINE` goes back to automatic.
  @Shape(name = "SettableStatus")
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
  record GetPresence(@Shape(most = 100) List<String> userIds) implements PresenceCommand {
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

  /// What changed at a gateway since its last report, about users and rooms of one partition. A
  /// gateway that begins anew under another incarnation reports all that it has.
  ///
  /// @param incarnation under which the gateway holds a lease; what it reported ends with the lease
  /// @param changes in the order in which they happened, at most [#MOST_CHANGES]
  /// @param active users who sent something since the last report, at most [#MOST_ACTIVE]
  @Command(event = "report-presence", kind = PARTITION, internal = true)
  record Report(String incarnation, List<Change> changes, List<Active> active)
      implements PresenceCommand {
    /// A script works on them without a pause.
    public static final int MOST_CHANGES = 200;

    public static final int MOST_ACTIVE = 2_000;

    public Report {
      changes = List.copyOf(changes);
      active = List.copyOf(active);
    }
  }

  /// What users are at the moment, for a gateway that tells others. Reply: [PeopleState]; those are
  /// left out of whom it is not known yet, because gateways are reporting everything anew.
  @Command(event = "read-people", kind = PARTITION, internal = true, asks = true)
  record ReadPeople(List<String> userIds) implements PresenceCommand {
    /// How many may be asked for at once.
    public static final int MOST = 250;

    public ReadPeople {
      userIds = List.copyOf(userIds);
      if (userIds.size() > MOST) {
        throw Refusal.invalid("At most 250 users may be read at once.");
      }
    }
  }

  /// Who is in a room. Reply: [RoomState].
  @Command(
      event = "read-room",
      key = "roomName",
      kind = Key.Kind.ROOM,
      internal = true,
      asks = true)
  record ReadRoom(String roomName) implements PresenceCommand {
    public ReadRoom {
      roomName = Input.required(roomName, "roomName");
    }
  }

  /// The answer to [ReadRoom].
  ///
  /// @param version of the room, see [PresenceNews.OfRoom]
  /// @param isSettled false while gateways report everything anew, so that some may be missing
  /// @param isWhole whether these are all of whom is known; not so in a very full room
  /// @param people the latest to come first
  record RoomState(long version, boolean isSettled, boolean isWhole, List<Person> people) {
    public RoomState {
      people = List.copyOf(people);
    }
  }

  /// The answer to [ReadPeople].
  record PeopleState(List<PersonState> people) {
    public PeopleState {
      people = List.copyOf(people);
    }
  }

  /// One user's state.
  ///
  /// @param version of the last change, 0 if none is known
  record PersonState(String userId, long version, String status, @Nullable Instant lastSeen) {}

  /// What a report may say.
  enum What {
    /// A user has an open authenticated socket at the gateway.
    online,
    /// The last one has gone.
    gone,
    /// A user has a socket in a room.
    entered,
    /// His last socket in the room was cut.
    cut,
    /// His last socket in the room left it by its own will.
    left
  }

  /// One change.
  ///
  /// @param room the room's name; empty for `online` and `gone`
  record Change(What what, Person person, String room) {}

  /// A sign of life.
  ///
  /// @param socketId the socket that gave it
  /// @param agoMillis how long ago
  record Active(String userId, String socketId, long agoMillis) {}

  /// A user with the name to be told to others.
  record Person(String userId, String username) {}
}

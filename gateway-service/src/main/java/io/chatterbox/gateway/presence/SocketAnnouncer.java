package io.chatterbox.gateway.presence;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Person;
import io.chatterbox.contract.UserView;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.fanout.Outlet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells the sockets of this gateway. Of what a slow reader has not read yet the last state counts.
@Singleton
final class SocketAnnouncer implements Announcer {
  private final Outlet outlet;
  private final Json json;

  private record Slot(String room, String userId) {}

  @Told("presence:online")
  record Online(String userId, @Shape(oneOf = "online") String status) {}

  @Told("presence:status")
  @Shape(name = "StatusChange")
  record Status(String userId, @Shape(name = "Status") String status) {}

  @Told("presence:offline")
  record Offline(
      String userId, @Shape(oneOf = "offline") String status, @Nullable Instant lastSeen) {}

  @Told({"user-joined-room", "user-left-room"})
  record Passing(String roomName, UserView user) {}

  @Inject
  SocketAnnouncer(Outlet outlet, Json json) {
    this.outlet = outlet;
    this.json = json;
  }

  @Override
  public void online(String userId, Set<String> audience) {
    tell(audience, "presence:online", userId, new Online(userId, "online"));
  }

  @Override
  public void offline(String userId, @Nullable Instant lastSeen, Set<String> audience) {
    tell(audience, "presence:offline", userId, new Offline(userId, "offline", lastSeen));
  }

  @Override
  public void status(String userId, String status, Set<String> audience) {
    tell(audience, "presence:status", userId, new Status(userId, status));
  }

  @Override
  public void statusToOwn(String userId, String status, @Nullable String by) {
    outlet.toOthersOf(
        userId, by, "presence:status", json.write(new Status(userId, status)), slot("", userId));
  }

  @Override
  public void entered(String room, Person person) {
    passing("user-joined-room", room, person);
  }

  @Override
  public void left(String room, Person person) {
    passing("user-left-room", room, person);
  }

  private void passing(String event, String room, Person person) {
    Passing passing = new Passing(room, new UserView(person.userId(), person.username()));
    outlet.toJoined(
        Key.room(room), person.userId(), event, json.write(passing), slot(room, person.userId()));
  }

  private void tell(Set<String> audience, String event, String userId, Object payload) {
    if (!audience.isEmpty()) {
      outlet.toUsers(audience, event, json.write(payload), slot("", userId));
    }
  }

  private static Delivery slot(String room, String userId) {
    return new Delivery.State(new Slot(room, userId));
  }
}

package io.chatterbox.socketio;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one socket is registered on its loop. Rooms joined before the socket is connected count
/// from then on.
final class Membership {
  private final LocalMembers members;
  private Room.@Nullable Membership all;
  private Map<String, Room.@Nullable Membership> rooms = Map.of();

  Membership(LocalMembers members) {
    this.members = members;
  }

  void enter(Socket socket) {
    all = members.add(socket);
    if (!rooms.isEmpty()) {
      rooms.replaceAll((room, none) -> members.join(room, socket));
    }
  }

  void join(Socket socket, String... names) {
    if (!(rooms instanceof HashMap)) {
      rooms = new HashMap<>(4);
    }
    for (String name : names) {
      if (!rooms.containsKey(name)) {
        rooms.put(name, all == null ? null : members.join(name, socket));
      }
    }
  }

  void leave(String... names) {
    if (rooms.isEmpty()) {
      return;
    }
    for (String name : names) {
      Room.Membership left = rooms.remove(name);
      if (left != null && all != null) {
        members.leave(left);
      }
    }
  }

  /// Leaves the registry; [#rooms] still answers.
  void exit() {
    Room.Membership entered = all;
    if (entered != null) {
      all = null;
      members.remove(entered);
      for (Room.Membership room : rooms.values()) {
        if (room != null) {
          members.leave(room);
        }
      }
    }
  }

  Set<String> rooms() {
    return Set.copyOf(rooms.keySet());
  }

  boolean isIn(String room) {
    return rooms.containsKey(room);
  }
}

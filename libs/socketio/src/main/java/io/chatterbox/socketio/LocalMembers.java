package io.chatterbox.socketio;

import io.chatterbox.engineio.Loop;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The sockets of one namespace that live on one loop, and their rooms. Touched on that loop only,
/// so nothing is locked.
final class LocalMembers {
  private final Loop loop;
  private final Map<String, Socket> byId;
  private final Room all = new Room("");
  private final Map<String, Room> rooms = new HashMap<>();
  private int mark;

  /// Read by other threads, to leave empty loops out.
  private volatile int size;

  /// @param byId the namespace's sockets over all loops
  LocalMembers(Loop loop, Map<String, Socket> byId) {
    this.loop = loop;
    this.byId = byId;
  }

  Loop loop() {
    return loop;
  }

  boolean isEmpty() {
    return size == 0;
  }

  Room.Membership add(Socket socket) {
    Room.Membership membership = all.add(socket);
    size = all.size();
    return membership;
  }

  void remove(Room.Membership membership) {
    all.remove(membership);
    size = all.size();
  }

  Room.Membership join(String room, Socket socket) {
    return rooms.computeIfAbsent(room, Room::new).add(socket);
  }

  void leave(Room.Membership membership) {
    Room room = membership.room();
    room.remove(membership);
    if (room.size() == 0) {
      rooms.remove(room.name());
    }
  }

  /// Calls the consumer once for each socket that is in a room of `to` (any, if empty) and in none
  /// of `except`. The consumer must not change memberships.
  void select(Set<String> to, Set<String> except, Consumer<Socket> consumer) {
    if (except.isEmpty() && to.size() <= 1) {
      if (to.isEmpty()) {
        members(all, consumer);
      } else {
        each(to.iterator().next(), consumer);
      }
      return;
    }
    int seen = ++mark;
    for (String room : except) {
      each(room, socket -> socket.mark = seen);
    }
    Consumer<Socket> unseen =
        socket -> {
          if (socket.mark != seen) {
            socket.mark = seen;
            consumer.accept(socket);
          }
        };
    if (to.isEmpty()) {
      members(all, unseen);
    } else {
      for (String room : to) {
        each(room, unseen);
      }
    }
  }

  private void each(String name, Consumer<Socket> consumer) {
    Room room = rooms.get(name);
    if (room != null) {
      members(room, consumer);
    }
    // a room is also each socket's id
    Socket socket = byId.get(name);
    if (socket != null && isHere(socket) && (room == null || !socket.isIn(name))) {
      consumer.accept(socket);
    }
  }

  private static void members(Room room, Consumer<Socket> consumer) {
    for (int i = room.size() - 1; i >= 0; i--) {
      consumer.accept(room.member(i));
    }
  }

  @SuppressWarnings("ReferenceEquality") // which one it is, not what it is like
  private boolean isHere(Socket socket) {
    return socket.loop() == loop;
  }
}

package io.chatterbox.socketio;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The members of a room on one loop, in an array for the broadcast's sake.
final class Room {
  private final String name;
  private @Nullable Membership[] members = new Membership[2];
  private int size;

  Room(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  int size() {
    return size;
  }

  /// The member at an index below the size.
  Socket member(int index) {
    Membership membership = members[index];
    if (membership == null) {
      throw new IllegalStateException("no member at " + index);
    }
    return membership.socket;
  }

  Membership add(Socket socket) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
    Membership membership = new Membership(socket, this, size);
    members[size++] = membership;
    return membership;
  }

  /// Takes a member out; the last one moves to its place.
  void remove(Membership membership) {
    Membership last = members[--size];
    members[size] = null;
    if (last != null && last != membership) {
      last.index = membership.index;
      members[last.index] = last;
    }
    if (size > 4 && size < members.length / 4) {
      members = Arrays.copyOf(members, members.length / 2);
    }
  }

  /// That a socket is in a room, and where.
  static final class Membership {
    private final Socket socket;
    private final Room room;
    private int index;

    private Membership(Socket socket, Room room, int index) {
      this.socket = socket;
      this.room = room;
      this.index = index;
    }

    Room room() {
      return room;
    }
  }
}

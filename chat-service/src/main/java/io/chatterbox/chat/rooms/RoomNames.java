package io.chatterbox.chat.rooms;

import java.util.regex.Pattern;

/// What may be the name of a room.
final class RoomNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

  private RoomNames() {}

  static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }
}

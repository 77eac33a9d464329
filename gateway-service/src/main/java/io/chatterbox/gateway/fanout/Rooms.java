package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.Key;

/// Names of Socket.IO rooms, by which sockets are found on their event loops.
final class Rooms {
  private Rooms() {}

  /// All authenticated sockets of a user.
  static String user(String userId) {
    return "user:" + userId;
  }

  /// Sockets that joined.
  static String joined(Key key) {
    return "joined:" + key.text();
  }

  /// Sockets whose join is not answered yet: they are not notified of what the answer will hold.
  static String joining(Key key) {
    return "joining:" + key.text();
  }
}

package io.chatterbox.socketio;

import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import java.util.Set;

/// Takes broadcasts to other servers. Called on the thread that broadcasts, for every broadcast
/// that is not `local`.
@FunctionalInterface
public interface Relay {
  void publish(
      String namespace, Set<String> rooms, Set<String> except, Frame frame, Delivery delivery);
}

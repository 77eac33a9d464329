package io.chatterbox.socketio;

import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import java.util.function.Consumer;

/// Who gets a message: the sockets in any of the rooms (all of the namespace if none is named) that
/// are in none of the excepted. A room is also each socket's id. Immutable; from any thread. Each
/// socket gets it once, encoded once for all, with one task per event loop.
public final class Broadcast {
  Broadcast() {}

  /// Also to these rooms.
  public Broadcast to(String... rooms) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Not to the sockets in these rooms.
  public Broadcast except(String... rooms) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Only to sockets of this server, not to the [Relay]'s others.
  public Broadcast local() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void emit(String event, byte[]... arguments) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void emit(String event, Arguments arguments, Delivery delivery) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Sends a frame that was made by [Packets] for this namespace.
  public void emit(Frame frame, Delivery delivery) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Calls the visitor for every such socket of this server, on the socket's loop.
  public void visit(Consumer<Socket> visitor) {
    throw new UnsupportedOperationException("skeleton");
  }
}

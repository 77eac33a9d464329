package io.chatterbox.socketio;

import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Who gets a message: the sockets in any of the rooms (all of the namespace if none is named) that
/// are in none of the excepted. A room is also each socket's id. Immutable; from any thread. Each
/// socket gets it once, encoded once for all, with one task per event loop.
public final class Broadcast {
  private final Namespace namespace;
  private final Set<String> rooms;
  private final Set<String> except;
  private final boolean local;

  Broadcast(Namespace namespace, Set<String> rooms, Set<String> except, boolean local) {
    this.namespace = namespace;
    this.rooms = rooms;
    this.except = except;
    this.local = local;
  }

  /// Also to these rooms.
  public Broadcast to(String... more) {
    return new Broadcast(namespace, union(rooms, more), except, local);
  }

  /// Not to the sockets in these rooms.
  public Broadcast except(String... more) {
    return new Broadcast(namespace, rooms, union(except, more), local);
  }

  private static Set<String> union(Set<String> some, String[] more) {
    if (some.isEmpty() && more.length == 1) {
      return Set.of(more[0]);
    }
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(more));
    return all;
  }

  /// Only to sockets of this server, not to the [Relay]'s others.
  public Broadcast local() {
    return new Broadcast(namespace, rooms, except, true);
  }

  public void emit(String event, byte[]... arguments) {
    emit(event, Arguments.of(arguments), Delivery.MESSAGE);
  }

  public void emit(String event, Arguments arguments, Delivery delivery) {
    emit(Packets.event(namespace.name(), event, arguments), delivery);
  }

  /// Sends a frame that was made by [Packets] for this namespace.
  public void emit(Frame frame, Delivery delivery) {
    each(members -> {
      Delivering delivering = new Delivering(frame, delivery);
      members.select(rooms, except, delivering);
      namespace.delivered(delivering.count);
    });
    if (!local && namespace.relay().isPresent()) {
      namespace.relay().get().publish(namespace.name(), rooms, except, frame, delivery);
    }
  }

  /// Calls the visitor for every such socket of this server, on the socket's loop.
  public void visit(Consumer<Socket> visitor) {
    each(members -> {
      List<Socket> selected = new ArrayList<>();
      members.select(rooms, except, selected::add);
      for (Socket socket : selected) {
        socket.guarded(() -> visitor.accept(socket));
      }
    });
  }

  /// Gives the frame to each, and counts them.
  private static final class Delivering implements Consumer<Socket> {
    private final Frame frame;
    private final Delivery delivery;
    private int count;

    Delivering(Frame frame, Delivery delivery) {
      this.frame = frame;
      this.delivery = delivery;
    }

    @Override
    public void accept(Socket socket) {
      count++;
      socket.deliver(frame, delivery);
    }
  }

  private void each(Consumer<LocalMembers> action) {
    for (LocalMembers members : namespace.locals()) {
      if (!members.isEmpty()) {
        members.loop().run(() -> action.accept(members));
      }
    }
  }
}

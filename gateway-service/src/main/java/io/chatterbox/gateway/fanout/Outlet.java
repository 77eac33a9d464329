package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Origin;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import io.chatterbox.socketio.Broadcast;
import io.chatterbox.socketio.Namespace;
import io.chatterbox.socketio.vertx.SocketIoServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives events to sockets of this gateway. Each is encoded once for all (twice where its author's
/// own sockets see his `clientMessageId`), and handed to each event loop in one task. What is given
/// out by one thread arrives in its order.
@Singleton
public final class Outlet {
  private static final byte[] NO_NUMBER = {};

  private final Namespace namespace;
  private final FanoutMetrics metrics;

  /// @param number the event's last argument; empty for what is not numbered
  @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
  private record Manner(Delivery delivery, byte[] number) {
    Frame frame(String event, byte[] payload) {
      return number.length == 0 ? Frames.of(event, payload) : Frames.of(event, payload, number);
    }
  }

  @Inject
  Outlet(SocketIoServer server, FanoutMetrics metrics) {
    this.namespace = server.of("/");
    this.metrics = metrics;
  }

  /// To all sockets of these users.
  public void toUsers(
      Collection<String> userIds, String event, RawJson payload, Delivery delivery) {
    send(userIds.stream().map(Rooms::user).toList(), List.of(), event, payload.bytes(), delivery);
  }

  /// To all sockets of a user but one.
  ///
  /// @param exceptSocket the one's id
  public void toOthersOf(
      String userId,
      @Nullable String exceptSocket,
      String event,
      RawJson payload,
      Delivery delivery) {
    List<String> excepted = exceptSocket == null ? List.of() : List.of(exceptSocket);
    send(List.of(Rooms.user(userId)), excepted, event, payload.bytes(), delivery);
  }

  /// To the sockets that joined, those of one user excepted.
  public void toJoined(
      Key key, @Nullable String except, String event, RawJson payload, Delivery delivery) {
    List<String> excepted = except == null ? List.of() : List.of(Rooms.user(except));
    send(List.of(Rooms.joined(key)), excepted, event, payload.bytes(), delivery);
  }

  /// To the sockets that joined, and to all of one user's.
  public void toJoinedAnd(
      Key key, @Nullable String userId, String event, RawJson payload, Delivery delivery) {
    List<String> rooms =
        userId == null
            ? List.of(Rooms.joined(key))
            : List.of(Rooms.joined(key), Rooms.user(userId));
    send(rooms, List.of(), event, payload.bytes(), delivery);
  }

  /// To one socket.
  public void toMember(Member member, String event, RawJson payload, Delivery delivery) {
    metrics.out(event);
    member.socket().emit(Frames.of(event, payload.bytes()), delivery);
  }

  /// Where an event of the same slot still waits for a socket, one takes the place of both.
  ///
  /// @param both makes the one's payload; called on the loops of such sockets
  public Delivery merging(Object slot, String event, Supplier<RawJson> both) {
    return new Delivery.Stream(slot, (_, _) -> Frames.of(event, both.get().bytes()));
  }

  /// A state, to those whom it is for.
  ///
  /// @param locals participants who are here
  void pass(Key key, Set<String> locals, ClientEvent event, Delivery delivery) {
    pass(key, locals, event, new Manner(delivery, NO_NUMBER));
  }

  /// An event of a numbered change, to those whom it is for.
  ///
  /// @param number as JSON
  void pass(Key key, Set<String> locals, ClientEvent event, byte[] number) {
    pass(key, locals, event, new Manner(Delivery.MESSAGE, number));
  }

  private void pass(Key key, Set<String> locals, ClientEvent event, Manner manner) {
    switch (event.reach()) {
      case JOINED -> give(event, also(key, locals, event, List.of(Rooms.joined(key))), manner);
      case JOINED_ELSE_NOTIFIED -> {
        give(event, also(key, locals, event, List.of(Rooms.joined(key))), manner);
        notifyOthers(key, locals, event, manner);
      }
      case PARTICIPANTS ->
          give(event, also(key, locals, event, locals.stream().map(Rooms::user).toList()), manner);
      case SELF -> give(event, also(key, locals, event, List.of(Rooms.user(key.id()))), manner);
      case NOBODY -> give(event, also(key, locals, event, List.of()), manner);
    }
  }

  /// An event that went out before this socket's join was answered.
  void catchUp(Key key, Member member, ClientEvent event, byte[] number) {
    // what he is named for went to all of his sockets then, and so did what all participants hear
    if (!member.userId().equals(event.also()) && event.reach() != ClientEvent.Reach.PARTICIPANTS) {
      Frames.heard(key, member.userId(), Span.Hears.JOINED, event, number)
          .ifPresent(frame -> member.socket().emit(frame, Delivery.MESSAGE));
    }
  }

  /// An event that a joined socket has heard, once more after an answer that did not know it yet.
  /// New messages have a `seq` by which their client sees that it has them; what changed one has
  /// not.
  void repeat(Key key, Member member, ClientEvent event) {
    if (key.kind() == Key.Kind.CONVERSATION && event.reach() == ClientEvent.Reach.JOINED) {
      // without a number: it stands for nothing that was not heard before
      member
          .socket()
          .emit(
              Frames.of(event.event(), Frames.payloadFor(member.userId(), event)),
              Delivery.MESSAGE);
    }
  }

  /// An event that went out before it was known that this user takes part; or, for one socket,
  /// while a join was tried that failed.
  void catchUp(Key key, String userId, ClientEvent event, byte[] number) {
    if (userId.equals(event.except())) {
      return;
    }
    Manner manner = new Manner(Delivery.MESSAGE, number);
    List<String> user = List.of(Rooms.user(userId));
    if (userId.equals(event.also())) {
      send(user, List.of(), event.event(), Frames.payloadFor(userId, event), manner);
      return;
    }
    switch (event.reach()) {
      case JOINED_ELSE_NOTIFIED ->
          send(
              user,
              List.of(Rooms.joined(key), Rooms.joining(key)),
              Frames.NOTIFICATION,
              Payloads.notification(key.id(), Frames.payloadFor(userId, event)),
              manner);
      case PARTICIPANTS ->
          send(user, List.of(), event.event(), Frames.payloadFor(userId, event), manner);
      case JOINED, SELF, NOBODY -> {
        // not for those who have not joined
      }
    }
  }

  /// An event that one socket was not notified of, because it was about to join and could not.
  void catchUpUnjoined(Key key, Member member, ClientEvent event, byte[] number) {
    if (event.reach() == ClientEvent.Reach.JOINED_ELSE_NOTIFIED) {
      byte[] payload = Frames.payloadFor(member.userId(), event);
      byte[] notification = Payloads.notification(key.id(), payload);
      member.socket().emit(Frames.of(Frames.NOTIFICATION, notification, number), Delivery.MESSAGE);
    }
  }

  private void give(ClientEvent event, List<String> rooms, Manner manner) {
    List<String> except = new ArrayList<>(2);
    if (event.except() != null) {
      except.add(Rooms.user(event.except()));
    }
    Origin origin = event.origin();
    if (origin != null) {
      except.add(Rooms.user(origin.userId()));
    }
    send(rooms, except, event.event(), event.payload().bytes(), manner);
    if (origin != null && !origin.userId().equals(event.except())) {
      Frame own = manner.frame(event.event(), Frames.payloadFor(origin.userId(), event));
      to(List.of(Rooms.user(origin.userId())), List.of())
          .visit(socket -> {
            if (rooms.stream().anyMatch(socket::isIn)) {
              socket.emit(own, manner.delivery());
            }
          });
    }
  }

  private void notifyOthers(Key key, Set<String> locals, ClientEvent event, Manner manner) {
    String joined = Rooms.joined(key);
    String joining = Rooms.joining(key);
    Origin origin = event.origin();
    List<String> users = new ArrayList<>(locals.size());
    for (String userId : locals) {
      if (!userId.equals(event.except())
          && !userId.equals(event.also())
          && (origin == null || !userId.equals(origin.userId()))) {
        users.add(Rooms.user(userId));
      }
    }
    send(
        users,
        List.of(joined, joining),
        Frames.NOTIFICATION,
        Payloads.notification(key.id(), event.payload().bytes()),
        manner);
    if (origin != null
        && locals.contains(origin.userId())
        && !origin.userId().equals(event.except())
        && !origin.userId().equals(event.also())) {
      byte[] own = Payloads.notification(key.id(), Frames.payloadFor(origin.userId(), event));
      to(List.of(Rooms.user(origin.userId())), List.of(joined, joining))
          .emit(manner.frame(Frames.NOTIFICATION, own), Delivery.MESSAGE);
    }
  }

  private void send(
      List<String> rooms, List<String> except, String event, byte[] payload, Delivery delivery) {
    send(rooms, except, event, payload, new Manner(delivery, NO_NUMBER));
  }

  private void send(
      List<String> rooms, List<String> except, String event, byte[] payload, Manner manner) {
    if (!rooms.isEmpty()) {
      metrics.out(event);
      to(rooms, except).emit(manner.frame(event, payload), manner.delivery());
    }
  }

  /// At least one room: a broadcast to none would go to everyone.
  private Broadcast to(List<String> rooms, List<String> except) {
    return namespace.to(rooms.toArray(String[]::new)).except(except.toArray(String[]::new)).local();
  }

  /// Of a conversation, whoever was removed meanwhile hears nothing, whatever it was about.
  private static List<String> also(
      Key key, Set<String> locals, ClientEvent event, List<String> rooms) {
    if (event.also() == null
        || (key.kind() == Key.Kind.CONVERSATION && !locals.contains(event.also()))) {
      return rooms;
    }
    List<String> more = new ArrayList<>(rooms);
    more.add(Rooms.user(event.also()));
    return more;
  }
}

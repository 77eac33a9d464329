package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.ClientEvent.Origin;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import io.chatterbox.socketio.Arguments;
import io.chatterbox.socketio.Broadcast;
import io.chatterbox.socketio.Namespace;
import io.chatterbox.socketio.Packets;
import io.chatterbox.socketio.vertx.SocketIoServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives events to sockets of this gateway. Each is encoded once for all (twice where its author's
/// own sockets see his `clientMessageId`), and handed to each event loop in one task. What is given
/// out by one thread arrives in its order.
@Singleton
public final class Outlet {
  private static final String NOTIFICATION = "notification";
  private static final String CLIENT_MESSAGE_ID = "clientMessageId";

  private final Namespace namespace;
  private final FanoutMetrics metrics;

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
  public void toMember(Member member, String event, RawJson payload) {
    metrics.out(event);
    member.socket().emit(frame(event, payload.bytes()), Delivery.MESSAGE);
  }

  /// To those whom the event is for.
  ///
  /// @param locals participants who are here
  void pass(Key key, Set<String> locals, ClientEvent event, Delivery delivery) {
    switch (event.reach()) {
      case JOINED -> give(event, also(key, locals, event, List.of(Rooms.joined(key))), delivery);
      case JOINED_ELSE_NOTIFIED -> {
        give(event, also(key, locals, event, List.of(Rooms.joined(key))), delivery);
        notifyOthers(key, locals, event);
      }
      case PARTICIPANTS ->
          give(
              event, also(key, locals, event, locals.stream().map(Rooms::user).toList()), delivery);
      case SELF -> give(event, also(key, locals, event, List.of(Rooms.user(key.id()))), delivery);
      case NOBODY -> give(event, also(key, locals, event, List.of()), delivery);
    }
  }

  /// A change that went out before this socket's join was answered.
  void catchUp(Key key, Member member, ClientEvent event) {
    boolean joinedHear =
        switch (event.reach()) {
          case JOINED, JOINED_ELSE_NOTIFIED -> true;
          case PARTICIPANTS, SELF, NOBODY -> false;
        };
    String userId = member.userId();
    // what he is named for went to all of his sockets then
    if (joinedHear && !userId.equals(event.also()) && !userId.equals(event.except())) {
      member.socket().emit(frame(event.event(), payloadFor(userId, event)), Delivery.MESSAGE);
    }
  }

  /// A change that went out before it was known that this user takes part; or, for one socket,
  /// while a join was tried that failed.
  void catchUp(Key key, String userId, ClientEvent event) {
    if (userId.equals(event.except())) {
      return;
    }
    if (userId.equals(event.also())) {
      byte[] payload = payloadFor(userId, event);
      send(List.of(Rooms.user(userId)), List.of(), event.event(), payload, Delivery.MESSAGE);
      return;
    }
    switch (event.reach()) {
      case JOINED_ELSE_NOTIFIED -> {
        byte[] payload = payloadFor(userId, event);
        metrics.out(NOTIFICATION);
        Frame frame = frame(NOTIFICATION, Payloads.notification(key.id(), payload));
        to(List.of(Rooms.user(userId)), List.of(Rooms.joined(key), Rooms.joining(key)))
            .emit(frame, Delivery.MESSAGE);
      }
      case PARTICIPANTS ->
          send(
              List.of(Rooms.user(userId)),
              List.of(),
              event.event(),
              payloadFor(userId, event),
              Delivery.MESSAGE);
      case JOINED, SELF, NOBODY -> {
        // not for those who have not joined
      }
    }
  }

  /// A change that one socket was not notified of, because it was about to join and could not.
  void catchUpUnjoined(Key key, Member member, ClientEvent event) {
    if (event.reach() == ClientEvent.Reach.JOINED_ELSE_NOTIFIED) {
      byte[] payload = payloadFor(member.userId(), event);
      member
          .socket()
          .emit(frame(NOTIFICATION, Payloads.notification(key.id(), payload)), Delivery.MESSAGE);
    }
  }

  private void give(ClientEvent event, List<String> rooms, Delivery delivery) {
    List<String> except = new ArrayList<>(2);
    if (event.except() != null) {
      except.add(Rooms.user(event.except()));
    }
    Origin origin = event.origin();
    if (origin != null) {
      except.add(Rooms.user(origin.userId()));
    }
    send(rooms, except, event.event(), event.payload().bytes(), delivery);
    if (origin != null && !origin.userId().equals(event.except())) {
      Frame own = frame(event.event(), payloadFor(origin.userId(), event));
      to(List.of(Rooms.user(origin.userId())), List.of())
          .visit(socket -> {
            if (rooms.stream().anyMatch(socket::isIn)) {
              socket.emit(own, delivery);
            }
          });
    }
  }

  private void notifyOthers(Key key, Set<String> locals, ClientEvent event) {
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
        NOTIFICATION,
        Payloads.notification(key.id(), event.payload().bytes()),
        Delivery.MESSAGE);
    if (origin != null
        && locals.contains(origin.userId())
        && !origin.userId().equals(event.except())
        && !origin.userId().equals(event.also())) {
      byte[] own = Payloads.notification(key.id(), payloadFor(origin.userId(), event));
      to(List.of(Rooms.user(origin.userId())), List.of(joined, joining))
          .emit(frame(NOTIFICATION, own), Delivery.MESSAGE);
    }
  }

  private void send(
      List<String> rooms, List<String> except, String event, byte[] payload, Delivery delivery) {
    if (!rooms.isEmpty()) {
      metrics.out(event);
      to(rooms, except).emit(frame(event, payload), delivery);
    }
  }

  /// At least one room: a broadcast to none would go to everyone.
  private Broadcast to(List<String> rooms, List<String> except) {
    return namespace.to(rooms.toArray(String[]::new)).except(except.toArray(String[]::new)).local();
  }

  private static byte[] payloadFor(String userId, ClientEvent event) {
    Origin origin = event.origin();
    if (origin == null || !origin.userId().equals(userId)) {
      return event.payload().bytes();
    }
    return origin.isNested()
        ? Payloads.withInLast(event.payload(), CLIENT_MESSAGE_ID, origin.clientMessageId())
        : Payloads.with(event.payload(), CLIENT_MESSAGE_ID, origin.clientMessageId());
  }

  private static Frame frame(String event, byte[] payload) {
    return Packets.event("/", event, Arguments.of(payload));
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

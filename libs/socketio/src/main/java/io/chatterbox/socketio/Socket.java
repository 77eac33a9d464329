package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.Loop;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client in one namespace. Every method that does something may be called from any thread: it
/// takes effect on the socket's [#loop], at once when called there, else in the order of the
/// calling thread's calls. What only answers, and what registers handlers, says where it may be
/// called. Handlers run on the loop.
public final class Socket {
  private final Connection connection;
  private final Namespace namespace;
  private final String id;
  private final Handshake handshake;
  private final Membership membership;
  private final Reception reception = new Reception(this);

  /// For [LocalMembers#select].
  int mark;

  private volatile @Nullable Object data;
  private volatile State state = State.JOINING;
  private boolean recovered;
  private boolean paused;
  private @Nullable String pid;

  private enum State {
    JOINING,
    CONNECTED,
    ENDED
  }

  Socket(Connection connection, Namespace namespace, String id, Handshake handshake) {
    this.connection = connection;
    this.namespace = namespace;
    this.id = id;
    this.handshake = handshake;
    this.membership = new Membership(namespace.on(connection.loop()));
  }

  // ---- what it is

  /// Unguessable, unique; not the id of the underlying session.
  public String id() {
    return id;
  }

  public Namespace namespace() {
    return namespace;
  }

  public Handshake handshake() {
    return handshake;
  }

  /// The event loop that this socket stays on for its whole life, also through an upgrade.
  public Loop loop() {
    return connection.loop();
  }

  /// The id of the underlying Engine.IO session.
  public String sessionId() {
    return connection.session().id();
  }

  /// What carries it now; for other threads as it was a while ago.
  public String transport() {
    return connection.session().transport();
  }

  /// What a client takes this socket up again with ([Recovery]); empty without one, and before
  /// CONNECT was answered. Only on the loop.
  public Optional<String> pid() {
    return Optional.ofNullable(pid);
  }

  /// Whether a [Recovery] restored this socket.
  public boolean recovered() {
    return recovered;
  }

  /// From CONNECT until the disconnect handlers are told.
  public boolean isConnected() {
    return state == State.CONNECTED;
  }

  /// What the application keeps with this socket. Volatile, nothing more.
  public @Nullable Object data() {
    return data;
  }

  public void data(@Nullable Object data) {
    this.data = data;
  }

  // ---- rooms

  /// Joins rooms; broadcasts that begin on this thread afterwards reach it.
  public void join(String... rooms) {
    loop()
        .run(() -> {
          if (state != State.ENDED) {
            membership.join(this, rooms);
          }
        });
  }

  public void leave(String... rooms) {
    loop().run(() -> membership.leave(rooms));
  }

  /// The rooms it is in, without its own id. Only on the loop.
  public Set<String> rooms() {
    return membership.rooms();
  }

  /// Whether it is in that room. Only on the loop.
  public boolean isIn(String room) {
    return membership.isIn(room);
  }

  // ---- handlers

  /// Handles every event that no [#on] handler is registered for. Register in the connection
  /// handler.
  public void onEvent(Consumer<Event> handler) {
    reception.onEvent(handler);
  }

  /// Handles the events of one name. Register in the connection handler.
  public void on(String event, Consumer<Event> handler) {
    reception.on(event, handler);
  }

  /// Adds a middleware for events. Register in the connection handler.
  public void use(EventMiddleware middleware) {
    reception.use(middleware);
  }

  /// Hears of events that a middleware refused, and of plain messages that are none ([Plain]).
  public void onError(Consumer<String> handler) {
    reception.onError(handler);
  }

  /// Called once, after the socket left its rooms' registry; [#rooms] still answers with what they
  /// were.
  public void onDisconnect(Consumer<CloseReason> handler) {
    reception.onDisconnect(handler);
  }

  /// Called each time the outbound queue has become empty after [#isWritable] was false.
  public void onDrain(Runnable handler) {
    reception.onDrain(handler);
  }

  // ---- sending

  /// Sends an event, one raw JSON value per argument, as [Delivery#MESSAGE].
  public void emit(String event, byte[]... arguments) {
    emit(event, Arguments.of(arguments), Delivery.MESSAGE);
  }

  public void emit(String event, Arguments arguments, Delivery delivery) {
    emit(Packets.event(namespace.name(), event, arguments), delivery);
  }

  /// Sends a frame made by [Packets] for this namespace. Nothing happens on a socket that has
  /// ended.
  public void emit(Frame frame, Delivery delivery) {
    if (loop().inLoop()) {
      deliver(frame, delivery);
    } else {
      loop().execute(() -> deliver(frame, delivery));
    }
  }

  /// Sends an event and hears once, on the loop, how it was answered.
  public void emit(
      String event, Arguments arguments, Duration timeout, Consumer<AckResult> handler) {
    loop().run(() -> reception.ask(event, arguments, timeout, handler));
  }

  /// A broadcast to rooms of this namespace, this socket excepted.
  public Broadcast to(String... rooms) {
    return broadcast().to(rooms);
  }

  /// A broadcast to the whole namespace, this socket excepted.
  public Broadcast broadcast() {
    return namespace.broadcast().except(id);
  }

  /// Whether the peer takes what is sent without anything waiting here. Only on the loop.
  public boolean isWritable() {
    return connection.session().isWritable();
  }

  /// Bytes that wait for the underlying session. Only on the loop.
  public int queuedBytes() {
    return connection.session().queuedBytes();
  }

  // ---- flow and end

  /// Stops reading events of the underlying connection until [#resume]; what is already read still
  /// arrives. A peer whose pongs are not read in time is gone, so pause for less than
  /// `pingTimeout`.
  public void pause() {
    loop().run(() -> setPaused(true));
  }

  public void resume() {
    loop().run(() -> setPaused(false));
  }

  private void setPaused(boolean pause) {
    if (pause && !paused && state == State.CONNECTED) {
      paused = true;
      connection.pause();
    } else if (!pause && paused) {
      paused = false;
      connection.resume();
    }
  }

  /// Ends this socket ([CloseReason#SERVER_NAMESPACE_DISCONNECT]); the client does not reconnect by
  /// itself.
  public void disconnect() {
    loop().run(() -> connection.disconnect(this));
  }

  /// Closes the underlying connection with all its sockets; the stock client reconnects. What was
  /// emitted before is written first.
  public void close() {
    close(CloseReason.FORCED_SERVER_CLOSE);
  }

  /// As [#close], with another reason for the disconnect handlers.
  public void close(CloseReason reason) {
    loop().run(() -> connection.session().close(reason));
  }

  // ---- for this package, on the loop

  Connection connection() {
    return connection;
  }

  boolean isJoining() {
    return state == State.JOINING;
  }

  void recovered(Recovery.Restored restored) {
    recovered = true;
    data = restored.data();
    membership.join(this, restored.rooms().toArray(String[]::new));
  }

  /// The CONNECT is about to be answered.
  void connected(Optional<String> pid) {
    this.pid = pid.orElse(null);
    membership.enter(this);
    state = State.CONNECTED;
  }

  void deliver(Frame frame, Delivery delivery) {
    if (state == State.CONNECTED) {
      connection.session().send(frame, delivery, this);
    }
  }

  /// An acknowledgement, from any thread.
  void answer(Frame frame) {
    emit(frame, Delivery.MESSAGE);
  }

  /// The end, told to the handlers if they knew of the socket.
  void ended(CloseReason reason, Optional<Recovery> recovery) {
    boolean known = state == State.CONNECTED;
    String privateId = pid;
    if (known && privateId != null && recovery.isPresent() && reason.isRecoverable()) {
      guarded(() -> recovery.get().keep(this, privateId, reason));
    }
    state = State.ENDED;
    membership.exit();
    setPaused(false);
    reception.ended(known, reason);
  }

  void guarded(Runnable code) {
    reception.guarded(code);
  }

  Reception reception() {
    return reception;
  }
}

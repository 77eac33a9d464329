package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.Loop;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client in one namespace. Every method may be called from any thread: it takes effect on the
/// socket's [#loop], at once when called there, else in the order of the calling thread's calls.
/// Handlers run on the loop.
public final class Socket {
  Socket() {}

  /// Unguessable, unique; not the id of the underlying session.
  public String id() {
    throw new UnsupportedOperationException("skeleton");
  }

  public Namespace namespace() {
    throw new UnsupportedOperationException("skeleton");
  }

  public Handshake handshake() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// The event loop that this socket stays on for its whole life, also through an upgrade.
  public Loop loop() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// The id of the underlying Engine.IO session.
  public String sessionId() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Whether a [Recovery] restored this socket.
  public boolean recovered() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// From CONNECT until the disconnect handlers have been told.
  public boolean isConnected() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// What the application keeps with this socket. Volatile, nothing more.
  public @Nullable Object data() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void data(@Nullable Object data) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Joins rooms; broadcasts that begin on this thread afterwards reach it.
  public void join(String... rooms) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void leave(String... rooms) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// The rooms it is in, without its own id. Only on the loop.
  public Set<String> rooms() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Whether it is in that room. Only on the loop.
  public boolean isIn(String room) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Handles every event that no [#on] handler is registered for. Register in the connection
  /// handler.
  public void onEvent(Consumer<Event> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Handles the events of one name. Register in the connection handler.
  public void on(String event, Consumer<Event> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Adds a middleware for events. Register in the connection handler.
  public void use(EventMiddleware middleware) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Hears of events that a middleware refused.
  public void onError(Consumer<String> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Called once, after the socket left its rooms' registry; [#rooms] still answers with what they
  /// were.
  public void onDisconnect(Consumer<CloseReason> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Called each time the outbound queue has become empty after [#isWritable] was false.
  public void onDrain(Runnable handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Sends an event, one raw JSON value per argument, as [Delivery#MESSAGE].
  public void emit(String event, byte[]... arguments) {
    throw new UnsupportedOperationException("skeleton");
  }

  public void emit(String event, Arguments arguments, Delivery delivery) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Sends a frame made by [Packets] for this namespace. Nothing happens on a socket that has
  /// ended.
  public void emit(Frame frame, Delivery delivery) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Sends an event and hears once, on the loop, how it was answered.
  public void emit(
      String event, Arguments arguments, Duration timeout, Consumer<AckResult> handler) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// A broadcast to rooms of this namespace, this socket excepted.
  public Broadcast to(String... rooms) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// A broadcast to the whole namespace, this socket excepted.
  public Broadcast broadcast() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Whether the peer takes what is sent without anything waiting here. Only on the loop.
  public boolean isWritable() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Bytes that wait for the underlying session. Only on the loop.
  public int queuedBytes() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Stops reading events of the underlying connection until [#resume]; what is already read still
  /// arrives. A peer whose pongs are not read in time is gone, so pause for less than
  /// `pingTimeout`.
  public void pause() {
    throw new UnsupportedOperationException("skeleton");
  }

  public void resume() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Ends this socket ([CloseReason#SERVER_NAMESPACE_DISCONNECT]); the client does not reconnect by
  /// itself.
  public void disconnect() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Closes the underlying connection with all its sockets; the stock client reconnects. What was
  /// emitted before is written first.
  public void close() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// As [#close], with another reason for the disconnect handlers.
  public void close(CloseReason reason) {
    throw new UnsupportedOperationException("skeleton");
  }
}

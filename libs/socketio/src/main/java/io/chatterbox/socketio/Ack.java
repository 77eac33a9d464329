package io.chatterbox.socketio;

import java.util.concurrent.atomic.AtomicBoolean;

/// The answer that a client asked for with an event. The first call counts and later ones do
/// nothing; from any thread.
public final class Ack {
  private final Socket socket;
  private final byte[] id;
  private final AtomicBoolean sent = new AtomicBoolean();

  Ack(Socket socket, byte[] id) {
    this.socket = socket;
    this.id = id;
  }

  /// Answers with one argument per raw JSON value.
  public void send(byte[]... values) {
    send(Arguments.of(values));
  }

  /// Answers with these arguments, binary ones included.
  public void send(Arguments arguments) {
    if (sent.compareAndSet(false, true)) {
      socket.answer(Packets.ack(socket.namespace().name(), id, arguments));
    }
  }
}

package io.chatterbox.socketio;

/// The answer that a client asked for with an event. The first call counts and later ones do
/// nothing; from any thread.
public final class Ack {
  Ack() {}

  /// Answers with one argument per raw JSON value.
  public void send(byte[]... values) {
    send(Arguments.of(values));
  }

  /// Answers with these arguments, binary ones included.
  public void send(Arguments arguments) {
    throw new UnsupportedOperationException("skeleton");
  }
}

package io.chatterbox.engineio;

/// What carries the packets of a session. Called on the session's loop only.
public interface Transport {

  /// What figures call it.
  String name();

  /// Whether frames would leave now.
  boolean isWritable();

  /// Takes frames out of the outbox as far as they can leave now. When it can take more, it calls
  /// [Session#writable].
  void flush(Outbox outbox);

  /// Says goodbye and closes; what is left in the outbox goes out before if it still can.
  void close(Outbox outbox, CloseReason reason);

  /// Stops and starts taking input, where the transport can.
  void reading(boolean on);
}

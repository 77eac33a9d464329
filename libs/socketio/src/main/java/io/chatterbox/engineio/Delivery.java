package io.chatterbox.engineio;

import java.util.function.BinaryOperator;

/// What may happen to an outgoing frame when its socket reads more slowly than it is sent to. While
/// the peer keeps up, all are the same. Keys are compared by `equals`, within one socket.
public sealed interface Delivery {

  /// Never dropped and never reordered among messages. If the queue's bound in bytes is exceeded,
  /// the session is closed with [CloseReason#SLOW_CONSUMER].
  record Message() implements Delivery {}

  /// Not sent at all unless the peer can take it now (`volatile` in Socket.IO).
  record Volatile() implements Delivery {}

  /// A value of which only the last counts: it takes the place of a waiting frame of the same key.
  /// First to be dropped when the queue is full.
  record State(Object key) implements Delivery {}

  /// A part of a stream: a waiting frame of the same key is merged with this one into one frame, in
  /// its place. Else as [Message].
  ///
  /// @param merge makes one frame of the waiting (first) and the new (second); called on the
  ///   socket's loop
  record Stream(Object key, BinaryOperator<Frame> merge) implements Delivery {}

  Delivery MESSAGE = new Message();
  Delivery VOLATILE = new Volatile();
}

package io.chatterbox.engineio;

/// A WebSocket that asks to take a polling session over ("Upgrade").
final class Upgrade {
  private final Polling from;
  private final Transport candidate;
  private final Loop.Timer timer;
  private boolean probed;

  Upgrade(Polling from, Transport candidate, Loop.Timer timer) {
    this.from = from;
    this.candidate = candidate;
    this.timer = timer;
  }

  @SuppressWarnings("ReferenceEquality") // which one it is, not what it is like
  boolean isOf(Transport transport) {
    return candidate == transport;
  }

  /// Whether the client waits for its last poll to end.
  boolean isProbed() {
    return probed;
  }

  void probe() {
    Outbox answer = new Outbox(Integer.MAX_VALUE);
    answer.add(Frame.PROBE_PONG);
    candidate.flush(answer);
    probed = true;
    from.release();
  }

  /// What carries the session from now on.
  Transport complete() {
    timer.cancel();
    from.discard();
    return candidate;
  }

  void drop() {
    timer.cancel();
    candidate.close(new Outbox(1), CloseReason.TRANSPORT_CLOSE);
  }

  /// The candidate went by itself.
  void forget() {
    timer.cancel();
  }
}

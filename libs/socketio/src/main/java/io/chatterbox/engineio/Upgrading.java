package io.chatterbox.engineio;

import org.jspecify.annotations.Nullable;

/// A session's way from HTTP long-polling to WebSocket ("Upgrade"), at most one at a time.
final class Upgrading {
  private final Session session;
  private final EngineOptions.Transports options;
  private @Nullable Upgrade upgrade;

  Upgrading(Session session, EngineOptions.Transports options) {
    this.session = session;
    this.options = options;
  }

  /// A WebSocket asks to take over. It is closed if there is one already, or none is wanted.
  void offer(Transport present, Transport candidate) {
    if (session.isClosed() || upgrade != null || !(present instanceof Polling polling)) {
      candidate.close(new Outbox(1), CloseReason.TRANSPORT_ERROR);
      return;
    }
    upgrade =
        new Upgrade(
            polling,
            candidate,
            session.loop().schedule(options.upgradeTimeout().toMillis(), this::drop));
  }

  boolean isUnderWay() {
    return upgrade != null;
  }

  boolean isOf(Transport transport) {
    return upgrade != null && upgrade.isOf(transport);
  }

  /// Whether polls should end at once, so that the client can finish its upgrade.
  boolean isProbed() {
    return upgrade != null && upgrade.isProbed();
  }

  /// A packet of the candidate; any but the two of an upgrade end it.
  void packet(String packet) {
    Upgrade present = upgrade;
    if (present == null) {
      return;
    }
    switch (packet) {
      case "2probe" -> present.probe();
      case "5" -> {
        upgrade = null;
        session.takenOver(present.complete());
      }
      default -> drop();
    }
  }

  /// Closes the candidate.
  void drop() {
    Upgrade present = upgrade;
    if (present != null) {
      upgrade = null;
      present.drop();
      session.upgradeEnded();
    }
  }

  /// The candidate went by itself.
  void forget() {
    Upgrade present = upgrade;
    if (present != null) {
      upgrade = null;
      present.forget();
      session.upgradeEnded();
    }
  }
}

package io.chatterbox.gateway.recovery;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.socketio.Handshake;
import io.chatterbox.socketio.Recovery;
import io.chatterbox.socketio.Socket;
import jakarta.inject.Provider;
import java.util.Optional;
import java.util.function.Consumer;

/// Recovery for a server that has to be there before it: what recovery needs gives events to that
/// server's sockets.
public final class LaterRecovery implements Recovery {
  private final Provider<SessionRecovery> later;

  public LaterRecovery(Provider<SessionRecovery> later) {
    this.later = later;
  }

  @Override
  public String newPid() {
    return later.get().newPid();
  }

  @Override
  public void restore(
      String namespace,
      Handshake handshake,
      String pid,
      String offset,
      Consumer<Optional<Restored>> answer) {
    later.get().restore(namespace, handshake, pid, offset, answer);
  }

  @Override
  public void keep(Socket socket, String pid, CloseReason reason) {
    later.get().keep(socket, pid, reason);
  }
}

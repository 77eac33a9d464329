package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Frame;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Connection state recovery. With a recovery, the CONNECT answer carries a private id (`pid`)
/// beside `sid`; a stock client sends it back after a reconnect, with the last offset: the last
/// argument, if a string, of the last event without acknowledgement that it received. Whoever emits
/// appends that offset as the last argument. Called on the socket's loop.
public interface Recovery {

  /// A new private id, unguessable: who knows it can take the session over.
  String newPid();

  /// A client wants its session back. `answer` is called once from any thread; empty means a new
  /// session, told by `recovered` false. The CONNECT waits for it.
  ///
  /// @param namespace the namespace that it joins
  /// @param handshake with the CONNECT payload
  /// @param pid what the CONNECT payload says, unchecked
  /// @param offset the same
  void restore(
      String namespace,
      Handshake handshake,
      String pid,
      String offset,
      Consumer<Optional<Restored>> answer);

  /// A socket ended for a reason that a client may come back from, before its disconnect handlers
  /// are told; its rooms and data are still there.
  void keep(Socket socket, String pid, CloseReason reason);

  /// A session as it was.
  ///
  /// @param id the socket id from before
  /// @param pid the private id from before
  /// @param rooms what it was in
  /// @param data for [Socket#data()]
  /// @param missed frames of the namespace, sent in this order right after the CONNECT answer
  /// @param skipMiddlewares whether the namespace's middlewares are left out
  record Restored(
      String id,
      String pid,
      Set<String> rooms,
      @Nullable Object data,
      List<Frame> missed,
      boolean skipMiddlewares) {
    public Restored {
      rooms = Set.copyOf(rooms);
      missed = List.copyOf(missed);
    }
  }
}

package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.Loop;
import io.chatterbox.engineio.ProtocolException;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.SessionHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sockets of one session, one for each namespace that its client joined ("Exchange protocol").
final class Connection implements SessionHandler {
  /// A client that asks for more namespaces than this is not a client.
  private static final int MAX_NAMESPACES = 64;

  private final SocketIo server;
  private final Session session;
  private final PacketDecoder decoder = new PacketDecoder();
  private final List<Socket> sockets = new ArrayList<>(1);
  private final List<String> endedHere = new ArrayList<>(0);
  private Loop.@Nullable Timer lonely;
  private int pauses;

  Connection(SocketIo server, Session session) {
    this.server = server;
    this.session = session;
  }

  Session session() {
    return session;
  }

  Loop loop() {
    return session.loop();
  }

  /// Whether the client speaks revision 4 of this protocol (Engine.IO 3): joined to `/` without
  /// asking, no payloads.
  boolean isOld() {
    return session.revision() == 3;
  }

  /// Whether the client may come back with what CONNECT tells it; a plain one is not told.
  boolean canRecover(Handshake handshake) {
    return !isOld()
        && !session.transport().equals(PlainTransport.NAME)
        && OffsetReaders.isOne(handshake);
  }

  @Override
  public void onOpen() {
    server.opened(session);
    awaitNamespace();
    if (isOld()) {
      join(new Packet.Connect("/", new byte[] {'{', '}'}));
    }
  }

  private void awaitNamespace() {
    lonely =
        loop()
            .schedule(
                server.options().connectTimeout().toMillis(),
                () -> session.close(CloseReason.FORCED_SERVER_CLOSE));
  }

  private void stopAwaiting() {
    if (lonely != null) {
      lonely.cancel();
      lonely = null;
    }
  }

  @Override
  public void onText(byte[] bytes, int from, int to) throws ProtocolException {
    Packet packet = decoder.text(bytes, from, to);
    String awaiting = decoder.awaiting();
    if (packet != null) {
      handle(packet);
    } else if (awaiting != null && find(awaiting) == null && !endedHere.contains(awaiting)) {
      // not worth keeping its attachments
      invalidState();
    }
  }

  @Override
  public void onBinary(byte[] bytes) throws ProtocolException {
    Packet packet = decoder.attachment(bytes);
    if (packet != null) {
      handle(packet);
    }
  }

  /// A packet of the client, in whatever form it came.
  void handle(Packet packet) {
    Socket socket = find(packet.namespace());
    if (packet instanceof Packet.Connect connect && socket == null) {
      join(connect);
    } else if (packet instanceof Packet.Connect || (socket != null && socket.isJoining())) {
      invalidState();
    } else if (socket != null) {
      handle(socket, packet);
    } else if (!endedHere.contains(packet.namespace())) {
      // "If the server does not receive a CONNECT packet first, then it MUST close the connection
      // immediately."
      invalidState();
    }
  }

  private void handle(Socket socket, Packet packet) {
    switch (packet) {
      case Packet.Call call -> socket.reception().receive(call);
      case Packet.Answer answer -> socket.reception().receive(answer);
      case Packet.Disconnect _ -> end(socket, CloseReason.CLIENT_NAMESPACE_DISCONNECT);
      case Packet.Connect _ -> invalidState();
    }
  }

  private void invalidState() {
    session.close(CloseReason.FORCED_SERVER_CLOSE);
  }

  void join(Packet.Connect connect) {
    if (sockets.size() >= MAX_NAMESPACES) {
      invalidState();
      return;
    }
    endedHere.remove(connect.namespace());
    new Joining(server, this).begin(connect);
  }

  /// The socket of a namespace; also one that is about to join.
  @Nullable Socket find(String namespace) {
    for (Socket socket : sockets) {
      if (socket.namespace().name().equals(namespace)) {
        return socket;
      }
    }
    return null;
  }

  void add(Socket socket) {
    sockets.add(socket);
  }

  /// A restored socket takes the place of the one that waited for it.
  void replace(Socket place, Socket socket) {
    sockets.set(sockets.indexOf(place), socket);
  }

  /// A socket is about to be told that it is connected.
  void joined() {
    stopAwaiting();
  }

  /// The server ends a socket; packets of the client that are under way meanwhile are no fault.
  void disconnect(Socket socket) {
    if (socket.isConnected()) {
      session.send(Packets.disconnect(socket.namespace().name()));
      if (endedHere.size() < MAX_NAMESPACES) {
        endedHere.add(socket.namespace().name());
      }
      end(socket, CloseReason.SERVER_NAMESPACE_DISCONNECT);
    }
  }

  void end(Socket socket, CloseReason reason) {
    if (sockets.remove(socket)) {
      server.ended(socket, reason);
      if (sockets.isEmpty() && !session.isClosed() && lonely == null) {
        awaitNamespace();
      }
    }
  }

  @Override
  public void onDrain() {
    for (Socket socket : List.copyOf(sockets)) {
      socket.reception().drained();
    }
  }

  @Override
  public void onClose(CloseReason reason) {
    server.closed(session);
    stopAwaiting();
    for (Socket socket : List.copyOf(sockets)) {
      end(socket, reason);
    }
  }

  void pause() {
    if (pauses++ == 0) {
      session.reading(false);
    }
  }

  void resume() {
    if (--pauses == 0) {
      session.reading(true);
    }
  }
}

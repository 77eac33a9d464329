package io.chatterbox.socketio;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.ProtocolException;
import io.chatterbox.engineio.SessionHandler;

/// The one socket of a session that speaks [Plain]. What is no event is told to the socket's error
/// handler, and the connection goes on.
final class PlainConnection implements SessionHandler {
  private static final String NAMESPACE = "/";

  private final Connection connection;
  private final byte[] auth;

  PlainConnection(Connection connection, byte[] auth) {
    this.connection = connection;
    this.auth = auth;
  }

  @Override
  public void onOpen() {
    connection.onOpen();
    connection.join(new Packet.Connect(NAMESPACE, auth));
  }

  @Override
  public void onText(byte[] bytes, int from, int to) {
    try {
      connection.handle(Plain.call(bytes, from, to));
    } catch (ProtocolException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void onBinary(byte[] bytes) {
    refuse("Messages are text, not binary.");
  }

  private void refuse(String sentence) {
    Socket socket = connection.find(NAMESPACE);
    if (socket != null) {
      socket.reception().refused(sentence);
    }
  }

  @Override
  public void onDrain() {
    connection.onDrain();
  }

  @Override
  public void onClose(CloseReason reason) {
    connection.onClose(reason);
  }
}

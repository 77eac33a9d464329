package io.chatterbox.gateway.plain;

import io.chatterbox.socketio.PlainWire;
import io.chatterbox.socketio.vertx.Line;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/// A WebSocket of Quarkus as the wire of a plain session. What is written on its event loop leaves
/// in that order.
final class PlainSocket implements PlainWire {
  private final WebSocketConnection connection;
  private final Line line;

  PlainSocket(WebSocketConnection connection, Line line) {
    this.connection = connection;
    this.line = line;
  }

  @Override
  public void text(String message, Consumer<Boolean> written) {
    connection
        .sendText(message)
        .subscribe()
        .with(_ -> written.accept(true), _ -> written.accept(false));
  }

  @Override
  public void ping(byte[] payload) {
    // one that does not get out is not answered
    connection.sendPing(Buffer.buffer(payload)).subscribe().with(_ -> {}, _ -> {});
  }

  @Override
  public void close(int code, String reason) {
    if (connection.isOpen()) {
      connection.close(new CloseReason(code, reason)).subscribe().with(_ -> {}, _ -> line.cut());
    }
  }

  @Override
  public void reading(boolean on) {
    line.reading(on);
  }

  @Override
  public void cut() {
    line.cut();
  }
}

package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.SessionHandler;
import io.chatterbox.socketio.RandomIds;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/// An Engine.IO server without Socket.IO on top: it sends each message back.
public final class EchoEngine implements Handler<HttpServerRequest> {
  private final EngineServer engine;

  public EchoEngine(Vertx vertx, EngineOptions options) {
    engine =
        new EngineServer(
            options,
            new RandomIds(),
            Echo::new,
            new Loops(vertx),
            new Cors(Set.of("*"), false, false));
  }

  @Override
  public void handle(HttpServerRequest request) {
    engine.handle(request);
  }

  private record Echo(Session session) implements SessionHandler {
    @Override
    public void onOpen() {}

    @Override
    public void onText(byte[] bytes, int from, int to) {
      byte[] packet = new byte[to - from + 1];
      packet[0] = '4';
      System.arraycopy(bytes, from, packet, 1, to - from);
      session.send(Frame.of(packet, List.of()));
    }

    @Override
    public void onBinary(byte[] bytes) {
      session.send(Frame.ofBinary(bytes));
    }

    @Override
    public void onDrain() {}

    @Override
    public void onClose(CloseReason reason) {}
  }
}

package io.chatterbox.socketio.vertx;

import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerRequest;

/// The connection beneath a request that becomes a WebSocket in somebody else's hands, for what
/// those do not let through. From any thread.
@SuppressWarnings("FutureReturnValueIgnored") // whether or not: the connection ends
public final class Line {
  private final Channel channel;

  private Line(Channel channel) {
    this.channel = channel;
  }

  public static Line of(HttpServerRequest request) {
    return new Line(Loops.connection(request).channel());
  }

  /// Stops and starts reading the peer.
  public void reading(boolean on) {
    channel.config().setAutoRead(on);
  }

  /// Closes the connection without a word.
  public void cut() {
    channel.close();
  }
}

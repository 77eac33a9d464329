package io.chatterbox.socketio.vertx;

import io.chatterbox.socketio.Namespace;
import io.chatterbox.socketio.NamespacePattern;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.SocketIoOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.Predicate;

/// A Socket.IO server on Vert.x. Give [#handle] the requests under the path of a HTTP server (its
/// own, or somebody else's; any number of event loops), or let it [#listen].
///
/// It takes the channel of a WebSocket over from Vert.x: `perMessage…` and other WebSocket settings
/// of the HTTP server do not apply to it.
public final class SocketIoServer implements Handler<HttpServerRequest> {

  public SocketIoServer(Vertx vertx, SocketIoOptions options, Cors cors) {
    throw new UnsupportedOperationException("skeleton " + vertx + options + cors);
  }

  /// The namespace of that name, made if it does not exist.
  public Namespace of(String name) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Namespaces by pattern; asked in the order of registration, after the fixed names.
  public NamespacePattern of(Predicate<String> names) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Answers a request under the path. Call it at once, on the request's own event loop, before its
  /// body is read.
  @Override
  public void handle(HttpServerRequest request) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Binds a HTTP server of its own with the number of event loops that the Vert.x instance has.
  /// Requests outside of the path get 404.
  public Future<HttpServer> listen(String host, int port) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// The Vert.x context of the socket's event loop.
  public static Context context(Socket socket) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Open Engine.IO sessions.
  public int sessions() {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Takes no new sessions any more (503), and closes the open ones evenly over the period;
  /// completes when none is left.
  public Future<Void> drain(Duration period) {
    throw new UnsupportedOperationException("skeleton");
  }

  /// Closes everything now.
  public Future<Void> close() {
    return drain(Duration.ZERO);
  }
}

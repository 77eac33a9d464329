package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.Opening;
import io.chatterbox.engineio.Session;
import io.chatterbox.socketio.Namespace;
import io.chatterbox.socketio.NamespacePattern;
import io.chatterbox.socketio.PlainTransport;
import io.chatterbox.socketio.PlainWire;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.SocketIo;
import io.chatterbox.socketio.SocketIoOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A Socket.IO server on Vert.x. Give [#handle] the requests under the path of a HTTP server (its
/// own, or somebody else's; any number of event loops), or let it [#listen].
///
/// It takes the channel of a WebSocket over from Vert.x, so the WebSocket settings of the HTTP
/// server do not apply to it.
public final class SocketIoServer implements Handler<HttpServerRequest> {
  private static final long FAREWELL_NANOS = 2_000_000_000L;

  private final Vertx vertx;
  private final SocketIo io;
  private final Loops loops;
  private final EngineServer engine;
  private final ClientBundle client;
  private volatile boolean serveClient = true;
  private volatile @Nullable Listening listening;

  public SocketIoServer(Vertx vertx, SocketIoOptions options, Cors cors) {
    this.vertx = vertx;
    this.io = new SocketIo(options);
    this.loops = new Loops(vertx);
    this.engine = new EngineServer(options.engine(), options.sessionIds(), io::accept, loops, cors);
    this.client = new ClientBundle(cors);
  }

  /// The namespace of that name, made if it does not exist.
  public Namespace of(String name) {
    return io.of(name);
  }

  /// Namespaces by pattern; asked in the order of registration, after the fixed names.
  public NamespacePattern of(Predicate<String> names) {
    return io.of(names);
  }

  /// Decides which requests may open a session; others get 403. Called on the request's loop.
  public void allow(Predicate<HttpServerRequest> predicate) {
    engine.allow(predicate);
  }

  /// Whether the official client for browsers is handed out at `<path>socket.io.js` (and `.min.js`,
  /// `.esm.min.js`); on by default.
  public void serveClient(boolean on) {
    serveClient = on;
  }

  /// Answers a request under the path. Call it at once, on the request's own event loop, before its
  /// body is read.
  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    int prefix = io.options().path().length();
    if (serveClient && path != null && path.length() > prefix) {
      String name = path.substring(prefix);
      if (ClientBundle.isNamed(name)) {
        client.handle(request, name);
        return;
      }
    }
    engine.handle(request);
  }

  /// With which status a request for a WebSocket that is not Engine.IO's is to be refused, 0 for
  /// one that is welcome.
  public int refusal(HttpServerRequest request) {
    return engine.refusal(request);
  }

  /// Opens a session for a plain client, beside those of Socket.IO: in the same namespaces and
  /// under the same limits. On the event loop of its WebSocket, where it stays.
  ///
  /// @param auth what a CONNECT packet would have brought, a raw JSON object
  /// @param wire the WebSocket
  /// @return what is to be told of everything that comes over the wire
  public PlainTransport openPlain(ConnectRequest request, byte[] auth, PlainWire wire) {
    VertxLoop loop = loops.current();
    PlainTransport transport = new PlainTransport(wire, loop);
    Session session =
        new Session(
            new Opening(io.options().sessionIds().get(), 4, request),
            io.options().engine(),
            loop,
            transport,
            opened -> io.acceptPlain(opened, auth));
    transport.bind(session);
    session.open(false);
    engine.closeIfDraining(session);
    return transport;
  }

  /// Binds a HTTP server of its own, on as many event loops as the Vert.x instance has, and tells
  /// its port. Requests outside of the path get 404. It ends with [#close].
  public Future<Integer> listen(String host, int port) {
    EngineOptions.Heartbeat heartbeat = io.options().engine().heartbeat();
    // longer than a poll may wait, and than the pause between two
    Duration idle = heartbeat.interval().plus(heartbeat.timeout()).plusSeconds(15);
    Listening own = new Listening(vertx, this, io.options().path(), idle);
    listening = own;
    return own.open(host, port);
  }

  /// The Vert.x context of the socket's event loop.
  public static Context context(Socket socket) {
    return ((VertxLoop) socket.loop()).context();
  }

  /// What the open sessions come to, roughly: they are not stopped to be counted.
  ///
  /// @param queuedBytes what waits for peers that do not read
  public record Load(int polling, int websocket, int plain, long queuedBytes) {}

  /// Looks at every session; for a measurement now and then.
  public Load load() {
    int polling = 0;
    int websocket = 0;
    int plain = 0;
    long queuedBytes = 0;
    for (Session session : io.sessions()) {
      switch (session.transport()) {
        case "polling" -> polling++;
        case "plain" -> plain++;
        default -> websocket++;
      }
      queuedBytes += session.queuedBytes();
    }
    return new Load(polling, websocket, plain, queuedBytes);
  }

  /// Open Engine.IO sessions.
  public int sessions() {
    return io.size();
  }

  /// Takes no new sessions any more (503), and closes the open ones evenly over the period;
  /// completes when none is left and polling clients have fetched their last messages, for which
  /// they have 2 seconds more.
  public Future<Void> drain(Duration period) {
    engine.drain();
    List<Session> open = io.sessions();
    Promise<Void> promise = Promise.promise();
    long millis = period.toMillis();
    for (int i = 0; i < open.size(); i++) {
      Session session = open.get(i);
      long delay = millis * i / open.size();
      session
          .loop()
          .execute(() -> {
            if (delay == 0) {
              session.close(CloseReason.SERVER_SHUTTING_DOWN);
            } else {
              session.loop().schedule(delay, () -> session.close(CloseReason.SERVER_SHUTTING_DOWN));
            }
          });
    }
    awaitEmpty(promise, System.nanoTime() + period.toNanos() + FAREWELL_NANOS);
    Listening own = listening;
    return own == null ? promise.future() : promise.future().compose(v -> own.close());
  }

  /// @param enough when polling clients have had time to fetch what was left for them
  private void awaitEmpty(Promise<Void> promise, long enough) {
    if (io.size() == 0 && (engine.polled() == 0 || System.nanoTime() - enough > 0)) {
      promise.complete();
    } else {
      vertx.setTimer(20, t -> awaitEmpty(promise, enough));
    }
  }

  /// Closes everything now.
  public Future<Void> close() {
    return drain(Duration.ZERO);
  }
}

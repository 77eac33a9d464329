package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.EngineError;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.Opening;
import io.chatterbox.engineio.Polling;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.SessionHandler;
import io.chatterbox.socketio.vertx.PollingRequests.Polled;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Engine.IO over HTTP: decides what a request is, and opens sessions.
final class EngineServer {
  private final EngineOptions options;
  private final Supplier<String> ids;
  private final Function<Session, SessionHandler> handlers;
  private final Loops loops;
  private final Cors cors;
  private final Answers answers;
  private final PollingRequests pollingRequests;

  /// Sessions that began with HTTP long-polling. One that began with WebSocket needs no entry:
  /// nothing but its own channel can reach it.
  private final Map<String, Polled> polled = new ConcurrentHashMap<>();

  private volatile Predicate<HttpServerRequest> allowed = request -> true;
  private volatile boolean draining;

  EngineServer(
      EngineOptions options,
      Supplier<String> ids,
      Function<Session, SessionHandler> handlers,
      Loops loops,
      Cors cors) {
    this.options = options;
    this.ids = ids;
    this.handlers = handlers;
    this.loops = loops;
    this.cors = cors;
    this.answers = new Answers(cors, options.compression());
    this.pollingRequests = new PollingRequests(answers, options.limits());
  }

  void allow(Predicate<HttpServerRequest> predicate) {
    allowed = predicate;
  }

  /// Polling sessions of which the client has not yet heard all.
  int polled() {
    return polled.size();
  }

  /// Takes no new sessions any more.
  void drain() {
    draining = true;
  }

  /// The status to refuse a WebSocket of another kind with, 0 for one that is welcome.
  int refusal(HttpServerRequest request) {
    if (!allowed.test(request) || !cors.allowsWebSocket(request)) {
      return 403;
    }
    return draining ? 503 : WebSocketHandshake.refusal(request);
  }

  void closeIfDraining(Session session) {
    if (draining) {
      session.close(CloseReason.SERVER_SHUTTING_DOWN);
    }
  }

  void handle(HttpServerRequest request) {
    try {
      answer(request);
    } catch (IllegalArgumentException e) {
      // a query that cannot be decoded
      answers.refuse(request, EngineError.BAD_REQUEST);
    }
  }

  private void answer(HttpServerRequest request) {
    if (HttpMethod.OPTIONS.equals(request.method()) && !cors.isOff()) {
      answers.preflight(request);
      return;
    }
    EngineRequest asked = EngineRequest.of(request);
    boolean upgrade = WebSocketHandshake.isAsked(request);
    if (!isKnown(asked, upgrade)) {
      answers.refuse(request, EngineError.UNKNOWN_TRANSPORT);
    } else if (asked.sid().isPresent()) {
      resume(request, asked, asked.sid().get(), upgrade);
    } else {
      handshake(request, asked, upgrade);
    }
  }

  private boolean isKnown(EngineRequest asked, boolean upgrade) {
    return (asked.isPolling() && options.transports().polling() && !upgrade)
        || (asked.isWebSocket() && options.transports().websocket());
  }

  // ---- a request of an open session

  private void resume(HttpServerRequest request, EngineRequest asked, String sid, boolean upgrade) {
    Polled known = polled.get(sid);
    if (known == null) {
      answers.refuse(request, EngineError.UNKNOWN_SID);
    } else if (asked.revision() != known.session().revision()) {
      answers.refuse(request, EngineError.UNSUPPORTED_VERSION);
    } else if (asked.isWebSocket()) {
      if (upgrade) {
        upgrade(request, asked, known);
      } else {
        answers.refuse(request, EngineError.BAD_REQUEST);
      }
    } else if (HttpMethod.GET.equals(request.method())) {
      pollingRequests.get(request, loops.of(request), known);
    } else if (HttpMethod.POST.equals(request.method())) {
      pollingRequests.post(request, loops.of(request), known);
    } else {
      answers.refuse(request, EngineError.BAD_REQUEST);
    }
  }

  private void upgrade(HttpServerRequest request, EngineRequest asked, Polled known) {
    VertxLoop loop = (VertxLoop) known.session().loop();
    Session session = known.session();
    accept(
        request,
        asked,
        loop,
        transport -> {
          transport.start(session);
          transport.whenClosed(() -> {
            if (session.uses(transport)) {
              polled.remove(session.id());
            }
          });
          session.offer(transport);
          transport.readEarly();
        });
  }

  // ---- a new session
  private void handshake(HttpServerRequest request, EngineRequest asked, boolean upgrade) {
    if (!HttpMethod.GET.equals(request.method())) {
      answers.refuse(request, EngineError.BAD_HANDSHAKE_METHOD);
    } else if (asked.isWebSocket() && !upgrade) {
      answers.refuse(request, EngineError.BAD_REQUEST);
    } else if (asked.revision() == 0
        || (asked.revision() == 3 && !options.transports().allowV3())) {
      answers.refuse(request, EngineError.UNSUPPORTED_VERSION);
    } else if (!allowed.test(request) || (upgrade && !cors.allowsWebSocket(request))) {
      answers.refuse(request, EngineError.FORBIDDEN);
    } else if (draining) {
      answers.refuseAndClose(request, 503);
    } else if (upgrade) {
      openWebSocket(request, asked);
    } else {
      openPolling(request, asked);
    }
  }

  private Opening opening(HttpServerRequest request, EngineRequest asked, VertxLoop loop) {
    return new Opening(
        ids.get(), asked.revision(), EngineRequest.kept(request, loop.epochMillis()));
  }

  private void openPolling(HttpServerRequest request, EngineRequest asked) {
    VertxLoop loop = loops.of(request);
    Opening opening = opening(request, asked, loop);
    boolean base64 = request.getParam("b64") != null;
    Polling polling =
        new Polling(loop.payloads(asked.revision(), base64), () -> polled.remove(opening.id()));
    Session session = new Session(opening, options, loop, polling, handlers);
    Polled entry = new Polled(session, polling);
    polling.bind(session);
    polled.put(opening.id(), entry);
    session.open(options.transports().websocket());
    pollingRequests.get(request, loop, entry);
  }

  private void openWebSocket(HttpServerRequest request, EngineRequest asked) {
    VertxLoop loop = loops.of(request);
    Opening opening = opening(request, asked, loop);
    accept(
        request,
        asked,
        loop,
        transport -> {
          Session session = new Session(opening, options, loop, transport, handlers);
          transport.start(session);
          session.open(false);
          closeIfDraining(session);
          transport.readEarly();
        });
  }

  private void accept(
      HttpServerRequest request,
      EngineRequest asked,
      VertxLoop loop,
      Consumer<WebSocketTransport> started) {
    int refusal = WebSocketHandshake.refusal(request);
    if (refusal != 0) {
      request.response().putHeader("Sec-WebSocket-Version", "13").setStatusCode(refusal).end();
      return;
    }
    boolean deflate =
        options.compression().webSocketDeflate() && WebSocketHandshake.offersDeflate(request);
    FrameWriter.Mode mode =
        new FrameWriter.Mode(
            asked.revision() == 3,
            request.getParam("b64") != null,
            deflate ? options.compression().frameThreshold() : -1);
    WebSocketTransport transport =
        new WebSocketTransport(loop, mode, options.limits().maxPayload());
    WebSocketHandshake.accept(
        request,
        transport,
        deflate,
        loop.eventLoop(),
        () -> loop.context().dispatch(() -> started.accept(transport)));
  }
}

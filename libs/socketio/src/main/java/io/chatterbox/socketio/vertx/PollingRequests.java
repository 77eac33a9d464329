package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.EngineError;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.Loop;
import io.chatterbox.engineio.PayloadCodec.Payload;
import io.chatterbox.engineio.Poll;
import io.chatterbox.engineio.Polling;
import io.chatterbox.engineio.ProtocolException;
import io.chatterbox.engineio.Session;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// GETs and POSTs of sessions that use HTTP long-polling. A request may come on another event loop
/// than its session's: it is read and answered on its own loop, and handled on the session's.
final class PollingRequests {
  private final Answers answers;
  private final EngineOptions.Limits limits;

  PollingRequests(Answers answers, EngineOptions.Limits limits) {
    this.answers = answers;
    this.limits = limits;
  }

  /// A session over HTTP long-polling, and the transport that it began with.
  record Polled(Session session, Polling polling) {}

  void get(HttpServerRequest request, VertxLoop loop, Polled polled) {
    WaitingPoll poll = new WaitingPoll(request, loop, polled);
    request.response().closeHandler(v -> abort(polled, poll));
    request.response().exceptionHandler(e -> abort(polled, poll));
    polled.session().loop().run(() -> polled.polling().poll(poll));
  }

  private static void abort(Polled polled, Poll poll) {
    polled.session().loop().run(() -> polled.polling().aborted(poll));
  }

  private static void end(Polled polled) {
    polled
        .session()
        .loop()
        .run(() -> polled.session().transportEnded(polled.polling(), CloseReason.TRANSPORT_ERROR));
  }

  void post(HttpServerRequest request, VertxLoop loop, Polled polled) {
    if (announcedLength(request) > limits.maxPayload()) {
      answers.refuseAndClose(request, 413);
      return;
    }
    if (!polled.polling().beginPost()) {
      answers.refuse(request, EngineError.BAD_REQUEST);
      polled.session().loop().run(() -> polled.session().close(CloseReason.TRANSPORT_ERROR));
      return;
    }
    new Body(request, loop, polled).read();
  }

  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private final class WaitingPoll implements Poll {
    private final HttpServerRequest request;
    private final VertxLoop loop;
    private final Polled polled;

    WaitingPoll(HttpServerRequest request, VertxLoop loop, Polled polled) {
      this.request = request;
      this.loop = loop;
      this.polled = polled;
    }

    @Override
    public void respond(Payload payload) {
      loop.run(() -> {
        if (!answers.payload(request, payload)) {
          // it is lost: better no session than one with a hole
          end(polled);
        }
      });
    }

    @Override
    public void refuse(EngineError error) {
      loop.run(() -> answers.refuse(request, error));
    }
  }

  /// The body of one POST, read on the request's loop with a limit and a timeout.
  private final class Body {
    private final HttpServerRequest request;
    private final VertxLoop loop;
    private final Polled polled;
    private final Buffer bytes = Buffer.buffer();
    private Loop.@Nullable Timer timer;
    private boolean done;

    Body(HttpServerRequest request, VertxLoop loop, Polled polled) {
      this.request = request;
      this.loop = loop;
      this.polled = polled;
    }

    void read() {
      timer = loop.schedule(limits.bodyTimeout().toMillis(), () -> giveUp(408));
      request.handler(this::append);
      request.exceptionHandler(e -> abandon());
      request.endHandler(v -> complete());
    }

    private void append(Buffer chunk) {
      if (!done) {
        if (bytes.length() + chunk.length() > limits.maxPayload()) {
          giveUp(413);
        } else {
          bytes.appendBuffer(chunk);
        }
      }
    }

    private boolean finish() {
      if (done) {
        return false;
      }
      done = true;
      if (timer != null) {
        timer.cancel();
      }
      return true;
    }

    private void giveUp(int status) {
      if (finish()) {
        polled.polling().endPost();
        answers.refuseAndClose(request, status);
      }
    }

    /// The client went away amid its body.
    private void abandon() {
      if (finish()) {
        polled.polling().endPost();
        end(polled);
      }
    }

    private void complete() {
      if (finish()) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean binary = "application/octet-stream".equals(type);
        polled.session().loop().run(() -> handle(binary));
      }
    }

    private void handle(boolean binary) {
      Session session = polled.session();
      Polling polling = polled.polling();
      if (session.isClosed() || !session.uses(polling)) {
        polling.endPost();
        refuse(session.isClosed() ? EngineError.UNKNOWN_SID : EngineError.BAD_REQUEST);
        return;
      }
      try {
        session.receivePayload(polling, polling.codec(), bytes.getBytes(), binary);
        polling.answerPost(() -> {
          polling.endPost();
          loop.run(() -> answers.ok(request));
        });
      } catch (ProtocolException e) {
        polling.endPost();
        refuse(EngineError.BAD_REQUEST);
      } catch (RuntimeException e) {
        polling.endPost();
        refuse(EngineError.BAD_REQUEST);
        session.close(CloseReason.TRANSPORT_ERROR);
        throw e;
      }
    }

    private void refuse(EngineError error) {
      loop.run(() -> answers.refuse(request, error));
    }
  }
}

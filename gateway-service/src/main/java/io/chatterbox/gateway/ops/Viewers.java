package io.chatterbox.gateway.ops;

import io.chatterbox.bus.DeadLetters;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.ops.Viewer.Closing;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The open pages of this gateway. All of it happens on one context. While there is one, every
/// process is asked for its report each second.
@Singleton
final class Viewers {
  private static final Logger LOG = Logger.getLogger(Viewers.class);
  private static final long TOKEN_MILLIS = 5_000;
  private static final long AUTHORITY_MILLIS = 200;
  private static final long PICTURE_MILLIS = 1_000;
  private static final int MOST = 32;

  private final Admission admission;
  private final SocketDesk.Road road;
  private final Vertx vertx;
  private final Context context;
  private final Reports reports;
  private final SocketQuestions questions;
  private final Actions actions;
  private final Map<String, Viewer> viewers = new HashMap<>();
  private boolean isLooking;

  @Inject
  Viewers(Admission admission, SocketDesk.Road road, DeadLetters letters, Vertx vertx) {
    this.admission = admission;
    this.road = road;
    this.vertx = vertx;
    // whatever thread asks for this bean first
    this.context = ((VertxInternal) vertx).createEventLoopContext();
    this.reports = new Reports(road, this::here);
    this.questions = new SocketQuestions(road, vertx, this::here);
    this.actions = new Actions(letters, questions, reports::gateways);
  }

  void opened(WebSocketConnection connection) {
    here(() -> {
      Viewer viewer = new Viewer(connection, road.json(), this::here);
      if (viewers.size() >= MOST) {
        viewer.close(Closing.FULL);
        return;
      }
      viewers.put(connection.id(), viewer);
      vertx.setTimer(
          TOKEN_MILLIS,
          _ -> {
            if (viewer.token() == null) {
              refuse(
                  viewer,
                  Closing.UNAUTHORIZED,
                  new Failure(ErrorCode.UNAUTHORIZED, "Authenticate in time.", null));
            }
          });
      look();
    });
  }

  void closed(WebSocketConnection connection) {
    here(() -> {
      Viewer viewer = viewers.remove(connection.id());
      if (viewer != null) {
        viewer.ended();
      }
    });
  }

  void heard(WebSocketConnection connection, String text) {
    here(() -> {
      Viewer viewer = viewers.get(connection.id());
      if (viewer != null && !viewer.isEnded()) {
        heard(viewer, text);
      }
    });
  }

  private void heard(Viewer viewer, String text) {
    Wish wish;
    try {
      wish = road.json().read(RawJson.of(Buffer.buffer(text).getBytes()), Wish.class);
    } catch (Refusal malformed) {
      refuse(viewer, Closing.MALFORMED, malformed.failure());
      return;
    }
    Token known = viewer.token();
    String token = wish.token();
    if (token != null) {
      if (!viewer.isChecking()) {
        viewer.checking(true);
        admission.check(token).onComplete(result -> here(() -> checked(viewer, result)));
      }
    } else if (known == null) {
      refuse(
          viewer,
          Closing.UNAUTHORIZED,
          new Failure(ErrorCode.UNAUTHORIZED, "The first frame holds a token.", null));
    } else if (stillMay(viewer)) {
      carryOut(viewer, known, wish);
    }
  }

  private void checked(Viewer viewer, AsyncResult<Token> result) {
    viewer.checking(false);
    if (viewer.isEnded()) {
      return;
    }
    if (result.failed()) {
      refuse(viewer, result.cause());
      return;
    }
    Token good = result.result();
    Token known = viewer.token();
    if (known != null && !known.userId().equals(good.userId())) {
      refuse(
          viewer,
          Closing.UNAUTHORIZED,
          new Failure(ErrorCode.UNAUTHORIZED, "This is another user's token.", null));
      return;
    }
    viewer.token(good);
    if (known == null) {
      LOG.infof("event=ops action=look operator=%s", good.userId());
    }
    viewer.send(new Frames.Welcome(good.username(), road.node().name(), good.expiresAt()));
  }

  private void carryOut(Viewer viewer, Token operator, Wish wish) {
    Long id = wish.id();
    if (id == null) {
      refuse(viewer, Closing.MALFORMED, Refusal.invalid("id is missing.").failure());
      return;
    }
    long wait = viewer.take();
    if (wait > 0) {
      viewer.send(
          Frames.Reply.refused(
              id, new Failure(ErrorCode.RATE_LIMITED, "Too many requests.", wait)));
      return;
    }
    try {
      actions
          .carryOut(wish, operator)
          .onComplete(result -> here(() -> viewer.send(reply(id, result))));
    } catch (Refusal refusal) {
      viewer.send(Frames.Reply.refused(id, refusal.failure()));
    }
  }

  private static Frames.Reply reply(long id, AsyncResult<?> result) {
    return result.succeeded()
        ? Frames.Reply.done(id, result.result())
        : Frames.Reply.refused(id, failure(result.cause()));
  }

  private static Failure failure(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal.failure();
    }
    LOG.warnf("event=ops-failed reason=%s", cause);
    return new Failure(ErrorCode.UNAVAILABLE, "Redis does not answer now. Try again.", null);
  }

  /// Whether its token still counts; closes it if not.
  private boolean stillMay(Viewer viewer) {
    Token token = viewer.token();
    @Nullable Refusal ended = token == null ? null : admission.ended(token);
    if (ended == null) {
      return true;
    }
    refuse(viewer, ended);
    return false;
  }

  private static void refuse(Viewer viewer, Throwable cause) {
    Failure failure = failure(cause);
    Closing closing =
        switch (failure.code()) {
          case FORBIDDEN -> Closing.FORBIDDEN;
          case UNAUTHORIZED, TOKEN_EXPIRED -> Closing.UNAUTHORIZED;
          default -> Closing.UNAVAILABLE;
        };
    refuse(viewer, closing, failure);
  }

  private static void refuse(Viewer viewer, Closing closing, Failure failure) {
    viewer.send(new Frames.Refused(failure));
    viewer.close(closing);
  }

  /// Begins to ask, until nobody looks any more.
  private void look() {
    if (isLooking) {
      return;
    }
    isLooking = true;
    reports.listen();
    questions.listen();
    long checks =
        vertx.setPeriodic(
            AUTHORITY_MILLIS, _ -> List.copyOf(viewers.values()).forEach(this::stillMay));
    vertx.setPeriodic(
        PICTURE_MILLIS,
        pictures -> {
          if (viewers.isEmpty()) {
            // all of it ends at once: whoever comes next begins all of it
            vertx.cancelTimer(checks);
            vertx.cancelTimer(pictures);
            isLooking = false;
            reports.stop();
            questions.stop();
          } else {
            draw();
          }
        });
  }

  private void draw() {
    Picture picture = reports.picture();
    for (Viewer viewer : viewers.values()) {
      if (viewer.token() != null && viewer.keepsUp()) {
        viewer.send(picture);
      }
    }
    reports.ask();
  }

  private void here(Runnable task) {
    context.runOnContext(_ -> task.run());
  }
}

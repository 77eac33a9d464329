package io.chatterbox.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One plain connection to Redis that comes back after every loss, with backoff.
///
/// A request is answered, or fails within its patience: a request that is not answered in time is
/// taken for a lost link, because answers come in order and none behind it will be in time.
/// Requests sent by one thread are carried out in their order. Nothing is repeated here. What is
/// sent while the very first connection is being made waits for it.
///
/// Every connection is a client of its own, closed with it: the pool of the Vert.x client would
/// hand a connection on that waits in a blocking read or is in pub/sub mode, and does not
/// reconnect.
final class Link {

  private static final int CHECKS = 4;
  private static final int FIRST_BACKOFF_MILLIS = 50;
  private static final int LONGEST_BACKOFF_MILLIS = 1_000;
  private static final long IDLE = Duration.ofSeconds(10).toNanos();

  /// Hears what happens to a link, on its context.
  interface Listener {
    /// Connected; whatever was set up on the last connection is gone.
    default void up() {}

    /// No longer connected, or not to be reached from the start. Called once until it is up.
    default void down(String reason) {}

    /// A request was answered, or was given up.
    default void answered(long nanos, boolean isAnswer) {}

    /// Something that answers no request: a pub/sub message.
    default void pushed(Response message) {}
  }

  private record Sent(Promise<Response> promise, long deadline) {}

  private record Early(Runnable send, Promise<Response> promise) {}

  private final Vertx vertx;
  private final Context context;
  private final RedisOptions options;
  private final Duration patience;
  private final Listener listener;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean up;
  private volatile long usedAt = System.nanoTime();

  // only touched on the context
  private final ArrayDeque<Sent> sent = new ArrayDeque<>();
  private @Nullable ArrayDeque<Early> early = new ArrayDeque<>();
  private @Nullable Redis client;
  private @Nullable RedisConnection connection;
  private int attempt;
  private int failures;
  private boolean closed;

  /// A link that does nothing before it is started.
  ///
  /// @param patience how long Redis may take for a connection or a request
  Link(Context context, RedisOptions options, Duration patience, Listener listener) {

    this.vertx = context.owner();
    this.context = context;
    this.options = options;
    this.patience = patience;
    this.listener = listener;
  }

  /// Tries to connect from now on, until closed.
  void start() {
    context.runOnContext(_ -> {
      connect();
      vertx.setPeriodic(patience.toMillis() / CHECKS, this::check);
    });
  }

  /// Whether there is a connection; it may be lost with the next request.
  boolean isUp() {
    return up;
  }

  /// Whether nothing was sent for a while.
  boolean isIdle() {
    return waiting.get() == 0 && System.nanoTime() - usedAt > IDLE;
  }

  /// Sends a request with the usual patience.
  Future<Response> send(Request request) {
    return send(request, patience, false);
  }

  /// Sends a request.
  ///
  /// @param asking whether a node of a cluster is to answer although the key's slot is only on its
  ///   way there
  /// @return Redis's answer; or failed with Redis's refusal, or with [RedisAwayException]
  Future<Response> send(Request request, Duration requestPatience, boolean asking) {
    Promise<Response> promise = Promise.promise();
    usedAt = System.nanoTime();
    if (waiting.incrementAndGet() > Links.MOST_WAITING) {
      waiting.decrementAndGet();
      promise.fail(RedisAwayException.notSent("too many requests wait for Redis"));
      return promise.future();
    }
    promise.future().onComplete(_ -> waiting.decrementAndGet());
    onContext(() -> dispatch(request, promise, requestPatience, asking));
    return promise.future();
  }

  /// Sends a request that is answered by pushed messages only, such as `SUBSCRIBE`.
  void sendUnanswered(Request request) {
    onContext(() -> {
      if (connection != null) {
        connection.send(request);
      }
    });
  }

  /// Gives the connection up as if it had been lost; a new one is made.
  void reset(String reason) {
    onContext(() -> {
      if (client != null) {
        lost(attempt, reason);
      }
    });
  }

  /// Closes for good; what waits fails.
  void close() {
    onContext(() -> {
      closed = true;
      if (client != null) {
        lost(attempt, "closed");
      }
    });
  }

  private void onContext(Runnable task) {
    if (context.equals(Vertx.currentContext())) {
      task.run();
    } else {
      context.runOnContext(_ -> task.run());
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    int mine = ++attempt;
    Redis fresh = Redis.createClient(vertx, new RedisOptions(options));
    client = fresh;
    // a paused Redis takes the connection and never answers the greeting
    vertx.setTimer(
        patience.toMillis(),
        _ -> {
          if (attempt == mine && connection == null) {
            lost(mine, "no answer to the greeting");
          }
        });
    fresh.connect().onComplete(result -> connected(mine, result));
  }

  private void connected(int mine, AsyncResult<RedisConnection> result) {
    if (attempt != mine) {
      return;
    }
    if (result.failed()) {
      lost(mine, String.valueOf(result.cause().getMessage()));
      return;
    }
    RedisConnection made = result.result();
    made.handler(listener::pushed);
    made.exceptionHandler(e -> lost(mine, String.valueOf(e.getMessage())));
    made.endHandler(_ -> lost(mine, "closed by Redis"));
    connection = made;
    up = true;
    failures = 0;
    listener.up();
    ArrayDeque<Early> waited = early;
    early = null;
    if (waited != null) {
      waited.forEach(request -> request.send().run());
    }
  }

  /// Drops the connection of an attempt, unless a later one was begun.
  private void lost(int which, String reason) {
    Redis old = client;
    if (attempt != which || old == null) {
      return;
    }
    attempt++;
    client = null;
    connection = null;
    up = false;
    old.close();
    ArrayDeque<Early> waited = early;
    early = null;
    if (waited != null) {
      waited.forEach(request -> request.promise().tryFail(notConnected()));
    }
    for (Sent request = sent.poll(); request != null; request = sent.poll()) {
      request.promise().tryFail(RedisAwayException.unanswered(reason));
    }
    if (closed) {
      return;
    }
    if (failures++ == 0) {
      listener.down(reason);
    }
    vertx.setTimer(backoff(failures), _ -> connect());
  }

  private static int backoff(int failures) {
    int most = Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(failures - 1, 10));
    return most / 2 + ThreadLocalRandom.current().nextInt(most / 2) + 1;
  }

  private static RedisAwayException notConnected() {
    return RedisAwayException.notSent("not connected to Redis");
  }

  private void dispatch(
      Request request, Promise<Response> promise, Duration requestPatience, boolean asking) {
    RedisConnection open = connection;
    if (open == null) {
      if (early == null || closed) {
        promise.tryFail(notConnected());
      } else {
        early.add(new Early(() -> dispatch(request, promise, requestPatience, asking), promise));
      }
      return;
    }
    if (asking) {
      // good for the next request of this connection
      open.send(Request.cmd(Command.ASKING));
    }
    long begun = System.nanoTime();
    sent.add(new Sent(promise, begun + requestPatience.toNanos()));
    open.send(request)
        .onComplete(answer -> {
          listener.answered(System.nanoTime() - begun, answer.succeeded());
          if (answer.succeeded()) {
            promise.tryComplete(answer.result());
          } else {
            promise.tryFail(failure(answer.cause()));
          }
          forgetAnswered();
        });
  }

  /// Redis's refusal as it is; what the client makes of a lost connection or a full queue, as ours.
  private static Throwable failure(Throwable cause) {
    return cause instanceof ErrorType refusal && !refusal.is("CONNECTION_CLOSED")
        ? refusal
        : RedisAwayException.unanswered(String.valueOf(cause.getMessage()));
  }

  private void forgetAnswered() {
    while (!sent.isEmpty() && sent.element().promise().future().isComplete()) {
      sent.remove();
    }
  }

  private void check(long timer) {
    if (closed) {
      vertx.cancelTimer(timer);
      return;
    }
    forgetAnswered();
    Sent first = sent.peek();
    if (first != null && first.deadline() - System.nanoTime() < 0 && client != null) {
      lost(attempt, "no answer in time");
    }
  }
}

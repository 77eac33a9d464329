package io.chatterbox.gateway.authority;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.GatewayEvent;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Revocation;
import io.chatterbox.engineio.Loop;
import io.chatterbox.gateway.routing.Answer;
import io.chatterbox.socketio.Socket;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Who one socket speaks for: nobody, until a token was checked; then its user, until the token
/// ends. Only on the socket's loop.
public final class Authority {
  private static final long FULL_RETRY_MILLIS = 10_000;

  private final Socket socket;
  private final AuthorityTools tools;
  private final Holder holder;
  private final Telling telling;
  private final Loop loop;
  private final List<Runnable> waiting = new ArrayList<>(1);
  private @Nullable Token token;
  private boolean checking;
  private boolean ended;
  private boolean isRestored;
  private boolean wasLate;
  private Loop.@Nullable Timer notice;
  private Loop.@Nullable Timer end;

  /// What the socket does about it.
  public interface Holder {
    /// The socket speaks for this user now.
    ///
    /// @param ready to be called once, on any one thread, with the number that goes along; what
    ///   that thread emits afterwards comes after `authenticated`
    void signedIn(Caller caller, Consumer<String> ready);

    /// The user's token was renewed.
    void renewed(Caller caller);

    /// The token that counts came by `auth`, not with the handshake.
    void late(Token token);
  }

  public Authority(Socket socket, AuthorityTools tools, Holder holder) {
    this.socket = socket;
    this.tools = tools;
    this.holder = holder;
    this.telling = new Telling(socket, tools.json());
    this.loop = socket.loop();
  }

  /// The socket has connected as that of a session that comes back, whose token is known already.
  ///
  /// @param isLate whether it once came by `auth`
  public void begin(Token known, boolean isLate) {
    isRestored = true;
    wasLate = isLate;
    check(Future.succeededFuture(known), Optional.empty());
  }

  /// The socket has connected: its handshake's token is checked, if there is one.
  public void begin() {
    end =
        loop.schedule(
            tools.config().unauthenticated().toMillis(),
            () -> end(new Failure(ErrorCode.UNAUTHORIZED, "Authenticate in time.", null)));
    try {
      Optional.ofNullable(read(RawJson.of(socket.handshake().auth())))
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> check(tools.tokens().check(text), Optional.empty()));
    } catch (Refusal malformed) {
      telling.unauthorized(Telling.malformedToken());
    }
  }

  /// An `auth` event: answered by an event in any case, and by its acknowledgement.
  public void handle(RawJson body, Answer answer) {
    try {
      String text = read(body);
      if (text == null || text.isEmpty()) {
        refused(Telling.malformedToken(), Optional.of(answer));
      } else {
        check(tools.tokens().check(text), Optional.of(answer));
      }
    } catch (Refusal malformed) {
      refused(Telling.malformedToken(), Optional.of(answer));
    }
  }

  /// A malformed `auth` whose body is not even read.
  public void refuseMalformed(Answer answer) {
    refused(Telling.malformedToken(), Optional.of(answer));
  }

  /// Runs the task when no token is being checked: at once, or after.
  public void whenSettled(Runnable task) {
    if (checking) {
      waiting.add(task);
    } else {
      task.run();
    }
  }

  public boolean isAuthenticated() {
    return token != null;
  }

  /// The socket has ended.
  public void end() {
    ended = true;
    waiting.clear();
    cancel();
    if (token != null) {
      tools.live().remove(token, this);
      tools.counts().leave(token.userId());
    }
  }

  /// Tokens are not good any more, perhaps this one. From any thread.
  void revoked(String subject) {
    loop.execute(() -> {
      if (!ended
          && token != null
          && (subject.equals(Revocation.ofSession(token.sessionId()))
              || subject.equals(Revocation.ofUser(token.userId())))) {
        end(Revocations.revoked().failure());
      }
    });
  }

  /// The socket with what is known of it, for whoever looks at sockets. From any thread.
  LiveSockets.Seen seen(Token speaksFor) {
    return new LiveSockets.Seen(
        socket.id(), speaksFor, socket.handshake().request(), socket.handshake().epochMillis());
  }

  /// Disconnects the socket; its token stays good. From any thread.
  void cut() {
    loop.execute(socket::disconnect);
  }

  private @Nullable String read(RawJson body) {
    return tools.json().read(body, GatewayEvent.Auth.class).token();
  }

  private void check(Future<Token> check, Optional<Answer> answer) {
    checking = true;
    boolean isFirst = token == null;
    check
        .compose(good -> tools.revocations().awaitWhole().map(good))
        .compose(good -> isFirst ? counted(good) : Future.succeededFuture(good))
        .onComplete(result -> loop.execute(() -> checked(result, answer)));
  }

  /// Counts one more socket of the user, if he may have it. It has to be given back.
  private Future<Token> counted(Token good) {
    return tools
        .counts()
        .enter(good.userId())
        .compose(isRoom ->
            isRoom
                ? Future.succeededFuture(good)
                : Future.failedFuture(
                    new Refusal(
                        ErrorCode.RATE_LIMITED,
                        "You have too many connections open.",
                        FULL_RETRY_MILLIS)));
  }

  private void checked(AsyncResult<Token> result, Optional<Answer> answer) {
    if (ended) {
      if (result.succeeded() && token == null) {
        tools.counts().leave(result.result().userId());
      }
      return;
    }
    if (result.failed()) {
      refused(Telling.failure(result.cause()), answer);
      return;
    }
    Token good = result.result();
    Token known = token;
    if (known != null && !known.userId().equals(good.userId())) {
      refused(new Failure(ErrorCode.UNAUTHORIZED, "This is another user's token.", null), answer);
      return;
    }
    Optional<Failure> refusal = enter(good, known);
    if (refusal.isPresent()) {
      if (known == null) {
        tools.counts().leave(good.userId());
      }
      refused(refusal.get(), answer);
      return;
    }
    token = good;
    expireAt(good);
    if (known == null) {
      holder.signedIn(
          caller(good),
          number -> {
            telling.authenticated(good, number, answer);
            loop.execute(this::settled);
          });
    } else {
      holder.renewed(caller(good));
      telling.authenticated(good, answer);
      settled();
    }
    if (answer.isPresent() || wasLate) {
      holder.late(good);
    }
  }

  /// Registers the socket first and asks after whether the token was revoked.
  private Optional<Failure> enter(Token good, @Nullable Token known) {
    tools.live().add(good, this);
    boolean isSameSession = known != null && known.sessionId().equals(good.sessionId());
    if (tools.revocations().isRevoked(good)) {
      if (known == null) {
        tools.live().remove(good, this);
      } else if (!isSameSession) {
        tools.live().removeFromSession(good, this);
      }
      return Optional.of(Revocations.revoked().failure());
    }
    if (known != null && !isSameSession) {
      tools.live().removeFromSession(known, this);
    }
    return Optional.empty();
  }

  private void refused(Failure failure, Optional<Answer> answer) {
    if (isRestored && token == null) {
      // its client takes itself for signed in: it comes again by itself, unless that is no use
      if (Telling.isNoToken(failure)) {
        end(failure);
      } else {
        socket.close();
      }
      return;
    }
    telling.refused(failure, answer);
    settled();
  }

  private void settled() {
    checking = false;
    while (!checking && !waiting.isEmpty()) {
      waiting.removeFirst().run();
    }
  }

  private void expireAt(Token good) {
    cancel();
    Instant now = tools.clock().instant();
    Instant until = good.expiresAt();
    if (!until.isAfter(now)) {
      until = until.plusSeconds(tools.config().skewSeconds());
    }
    long left = Math.max(0, Duration.between(now, until).toMillis());
    long noticeIn =
        Math.max(
            0,
            Duration.between(now, good.expiresAt())
                .minus(tools.config().expiryNotice())
                .toMillis());
    notice = loop.schedule(noticeIn, () -> telling.expiring(good));
    end =
        loop.schedule(
            left, () -> end(new Failure(ErrorCode.TOKEN_EXPIRED, "This token has expired.", null)));
  }

  private void end(Failure failure) {
    telling.unauthorized(failure);
    socket.disconnect();
  }

  private void cancel() {
    if (notice != null) {
      notice.cancel();
    }
    if (end != null) {
      end.cancel();
    }
  }

  private Caller caller(Token good) {
    return new Caller(good.userId(), good.username(), good.sessionId(), socket.id());
  }
}

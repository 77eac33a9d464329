package io.chatterbox.gateway.authority;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Acknowledges;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.contract.documented.Told;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.routing.Answer;
import io.chatterbox.socketio.Arguments;
import io.chatterbox.socketio.Packets;
import io.chatterbox.socketio.Socket;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one socket is told about its authority.
final class Telling {
  private static final String AUTH = "auth";

  private final Socket socket;
  private final Json json;

  Telling(Socket socket, Json json) {
    this.socket = socket;
    this.json = json;
  }

  @Told("authenticated")
  record Authenticated(String userId, String username, String socketId, Instant expiresAt) {}

  @Told("token-expiring")
  record Expiring(Instant expiresAt) {}

  @Told("unauthorized")
  record Unauthorized(ErrorCode code, String message) {}

  @Acknowledges("auth")
  @Shape(name = "AuthAnswer")
  record UserId(String userId) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record NotChecked(ErrorCode code, String message, String event, @Nullable Long retryAfterMs) {}

  /// The first time.
  ///
  /// @param number from which on the socket hears what its user hears
  void authenticated(Token good, String number, Optional<Answer> answer) {
    socket.emit(
        Packets.event(
            "/", "authenticated", Arguments.of(payload(good)), json.write(number).bytes()),
        Delivery.MESSAGE);
    answer.ifPresent(a -> a.done(json.write(new UserId(good.userId()))));
  }

  /// Renewed.
  void authenticated(Token good, Optional<Answer> answer) {
    socket.emit("authenticated", payload(good));
    answer.ifPresent(a -> a.done(json.write(new UserId(good.userId()))));
  }

  private byte[] payload(Token good) {
    return json.write(
            new Authenticated(good.userId(), good.username(), socket.id(), good.expiresAt()))
        .bytes();
  }

  void expiring(Token token) {
    emit("token-expiring", new Expiring(token.expiresAt()));
  }

  void unauthorized(Failure failure) {
    emit("unauthorized", new Unauthorized(failure.code(), failure.message()));
  }

  /// A token that is not good is told by `unauthorized`. Of one that may be good, but could not be
  /// checked or is too much now, that would not be true: it is an ordinary refusal.
  void refused(Failure failure, Optional<Answer> answer) {
    if (isNoToken(failure)) {
      unauthorized(failure);
      answer.ifPresent(a -> a.refuseSilently(failure));
    } else if (answer.isPresent()) {
      answer.get().refuse(failure);
    } else {
      emit(
          "error", new NotChecked(failure.code(), failure.message(), AUTH, failure.retryAfterMs()));
    }
  }

  private void emit(String event, Object payload) {
    socket.emit(event, json.write(payload).bytes());
  }

  /// Whether a token is not good, and not only too much now or not to be checked.
  static boolean isNoToken(Failure failure) {
    return failure.code() == ErrorCode.UNAUTHORIZED || failure.code() == ErrorCode.TOKEN_EXPIRED;
  }

  /// Why a token was not taken.
  static Failure failure(Throwable cause) {
    return cause instanceof Refusal refusal
        ? refusal.failure()
        : new Failure(ErrorCode.UNAVAILABLE, "The token cannot be checked now. Try again.", null);
  }

  static Failure malformedToken() {
    return new Failure(ErrorCode.UNAUTHORIZED, "This is no token.", null);
  }
}

package io.chatterbox.gateway.authority;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.GatewayConfig;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;

/// Checks access tokens (JWT, RFC 7519) against the keys of auth-service, off the event loops:
/// fetching keys blocks.
@Singleton
public final class Tokens {
  private static final Logger LOG = Logger.getLogger(Tokens.class);
  private static final int LONGEST = 8192;

  private static final long RETRY_AFTER_MILLIS = 1_000;

  private final JWTParser parser;
  private final Vertx vertx;
  private final Clock clock;
  private final GatewayConfig.Authority config;
  private final AtomicInteger running = new AtomicInteger();

  @Inject
  Tokens(JWTParser parser, Vertx vertx, Clock clock, GatewayConfig config) {
    this.parser = parser;
    this.vertx = vertx;
    this.clock = clock;
    this.config = config.authority();
  }

  /// Checks a token. From any thread.
  ///
  /// @return failed with a [Refusal]: `UNAUTHORIZED`, `TOKEN_EXPIRED`, or `UNAVAILABLE` when the
  ///   keys cannot be had
  public Future<Token> check(String token) {
    if (token.length() > LONGEST) {
      return Future.failedFuture(invalid());
    }
    if (running.incrementAndGet() > config.checks()) {
      running.decrementAndGet();
      return Future.failedFuture(
          new Refusal(
              ErrorCode.UNAVAILABLE, "Too many are signing in. Try again.", RETRY_AFTER_MILLIS));
    }
    return vertx
        .executeBlocking(() -> verified(token), false)
        .onComplete(_ -> running.decrementAndGet())
        .timeout(config.patience().toMillis(), TimeUnit.MILLISECONDS)
        .recover(e -> Future.failedFuture(e instanceof TimeoutException ? unreachable() : e));
  }

  private Token verified(String token) {
    JsonWebToken jwt;
    try {
      jwt = parser.parse(token);
    } catch (ParseException e) {
      throw refusal(e);
    }
    String userId = jwt.getSubject();
    Object username = jwt.getClaim("username");
    Object session = jwt.getClaim("sid");
    if (userId == null
        || userId.isEmpty()
        || !(username instanceof String name)
        || !(session instanceof String sid)
        || jwt.getIssuedAtTime() > clock.instant().getEpochSecond() + config.skewSeconds()) {
      throw invalid();
    }
    return new Token(userId, name, sid, Instant.ofEpochSecond(jwt.getExpirationTime()));
  }

  private static Refusal refusal(ParseException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidJwtException invalid
          && invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
        return new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired.");
      }
      if (cause instanceof IOException) {
        LOG.warnf("event=keys-not-reached reason=%s", cause.getMessage());
        return unreachable();
      }
    }
    return invalid();
  }

  private static Refusal invalid() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This token is not valid.");
  }

  private static Refusal unreachable() {
    return new Refusal(
        ErrorCode.UNAVAILABLE, "The token cannot be checked now. Try again.", RETRY_AFTER_MILLIS);
  }
}

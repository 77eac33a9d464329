package io.chatterbox.rest;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/// Checks access tokens (JWT, RFC 7519) against the keys of auth-service.
@Singleton
public final class Tokens {
  private static final String BEARER = "bearer ";

  private final JWTParser parser;

  public Tokens(JWTParser parser) {
    this.parser = parser;
  }

  /// The caller named by an `Authorization` header (RFC 6750 §2.1).
  ///
  /// @throws Refusal `UNAUTHORIZED` or `TOKEN_EXPIRED`
  public Caller callerOf(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.");
    }
    return caller(verified(authorization.substring(BEARER.length()).strip()));
  }

  private JsonWebToken verified(String token) {
    try {
      return parser.parse(token);
    } catch (ParseException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof InvalidJwtException invalid
            && invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
          throw new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired.");
        }
      }
      throw new Refusal(ErrorCode.UNAUTHORIZED, "This token is not valid.");
    }
  }

  private static Caller caller(JsonWebToken token) {
    String userId = token.getSubject();
    Object username = token.getClaim("username");
    Object session = token.getClaim("sid");
    if (userId == null || !(username instanceof String name) || !(session instanceof String sid)) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "This token is not valid.");
    }
    return new Caller(userId, name, sid, "");
  }
}

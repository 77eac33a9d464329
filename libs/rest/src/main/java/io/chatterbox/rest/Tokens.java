package io.chatterbox.rest;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/// Checks access tokens (JWT, RFC 7519) against the keys of auth-service, read where the settings
/// say, and from its other replicas when they cannot be had there.
@Singleton
public final class Tokens {
  private static final Logger LOG = Logger.getLogger(Tokens.class);
  private static final String BEARER = "bearer ";
  private static final String KEYS = "/.well-known/jwks.json";

  private final List<JWTParser> parsers;
  private final Duration skew;
  private final Clock clock;
  private volatile int turn;

  /// @param info how tokens are checked, and where their keys are
  public Tokens(JWTAuthContextInfo info, ServicesConfig services, Clock clock) {
    Set<String> locations = new LinkedHashSet<>();
    locations.add(info.getPublicKeyLocation());
    services.authUrls().stream().map(URI::toString).map(url -> url + KEYS).forEach(locations::add);
    this.parsers = locations.stream().map(location -> parser(info, location)).toList();
    this.skew = Duration.ofSeconds(info.getClockSkew());
    this.clock = clock;
  }

  /// The caller named by an `Authorization` header (RFC 6750 §2.1).
  ///
  /// @throws Refusal `UNAUTHORIZED` or `TOKEN_EXPIRED`; `UNAVAILABLE` when the keys cannot be had
  public Caller callerOf(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.");
    }
    return caller(verified(authorization.substring(BEARER.length()).strip()));
  }

  private JsonWebToken verified(String token) {
    int first = turn;
    boolean isUnknown = false;
    for (int i = 0; i < parsers.size(); i++) {
      int next = (first + i) % parsers.size();
      try {
        JsonWebToken verified = parsers.get(next).parse(token);
        turn = next;
        return verified;
      } catch (ParseException e) {
        Problem problem = Problem.of(e);
        if (problem == Problem.EXPIRED) {
          throw new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired.");
        } else if (problem == Problem.INVALID) {
          throw invalid();
        }
        isUnknown |= problem == Problem.NO_KEY;
      }
    }
    if (isUnknown) {
      throw invalid();
    }
    LOG.warn("event=keys-not-reached");
    throw Refusal.unavailable();
  }

  /// What is wrong with a token, or with checking it.
  private enum Problem {
    INVALID,
    EXPIRED,
    /// There is no such key where it was looked for.
    NO_KEY,
    /// The keys could not be read.
    KEYS_AWAY;

    static Problem of(ParseException e) {
      Problem found = INVALID;
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof InvalidJwtException invalid
            && invalid.hasErrorCode(ErrorCodes.EXPIRED)) {
          return EXPIRED;
        } else if (cause instanceof IOException) {
          return KEYS_AWAY;
        } else if (cause instanceof UnresolvableKeyException) {
          found = NO_KEY;
        }
      }
      return found;
    }
  }

  private Caller caller(JsonWebToken token) {
    String userId = token.getSubject();
    Object username = token.getClaim("username");
    Object session = token.getClaim("sid");
    if (userId == null
        || !(username instanceof String name)
        || !(session instanceof String sid)
        || token.getIssuedAtTime() > clock.instant().plus(skew).getEpochSecond()) {
      throw invalid();
    }
    return new Caller(userId, name, sid, "");
  }

  private static JWTParser parser(JWTAuthContextInfo info, String location) {
    JWTAuthContextInfo elsewhere = new JWTAuthContextInfo(info);
    elsewhere.setPublicKeyLocation(location);
    // each keeps the keys that it has read
    return new DefaultJWTParser(elsewhere, new DefaultJWTCallerPrincipalFactory());
  }

  private static Refusal invalid() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This token is not valid.");
  }
}

package io.chatterbox.auth.keys;

import io.chatterbox.auth.AuthConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/// Makes access tokens (JWT, RFC 7519; ES256, RFC 7518 §3.4).
@Singleton
public final class AccessTokens {
  private final SigningKeys keys;
  private final AuthConfig config;
  private final Clock clock;

  AccessTokens(SigningKeys keys, AuthConfig config, Clock clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /// A token that is good from now on for the life in the settings.
  public String issue(String userId, String username, String sessionId) {
    SigningKeys.Signing signing = keys.current();
    Instant now = clock.instant();
    return Jwt.issuer(config.issuer())
        .audience(config.audience())
        .subject(userId)
        .claim("username", username)
        .claim("sid", sessionId)
        .claim("jti", UUID.randomUUID().toString())
        .issuedAt(now)
        .expiresAt(now.plus(config.accessTokenLife()))
        .jws()
        .keyId(signing.id())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(signing.key());
  }
}

package io.chatterbox.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of auth-service.
@ConfigMapping(prefix = "chatterbox.auth")
public interface AuthConfig {

  /// 32 bytes in base64 that encrypt the private signing keys in the database.
  String keyEncryptionKey();

  /// `iss` of access tokens.
  @WithDefault("chatterbox")
  String issuer();

  /// `aud` of access tokens.
  @WithDefault("chatterbox")
  String audience();

  /// How long an access token is good.
  @WithDefault("15m")
  Duration accessTokenLife();

  /// How long a refresh token is good.
  @WithDefault("7d")
  Duration refreshTokenLife();

  /// How long the refresh token used last is answered with the pair it was answered with first.
  @WithDefault("10s")
  Duration refreshGrace();

  /// Argon2id's work factors (RFC 9106 §4), and how much of it runs at a time.
  Password password();

  /// Work factors and bounds of password hashing.
  interface Password {

    /// Memory of one hash, in KiB.
    @WithDefault("19456")
    int memoryKib();

    /// Passes over the memory.
    @WithDefault("2")
    int iterations();

    /// Lanes.
    @WithDefault("1")
    int parallelism();

    /// Hashes at a time in one replica.
    @WithDefault("2")
    int running();

    /// Hashes waiting in one replica; above it requests are refused.
    @WithDefault("64")
    int waiting();
  }
}

package io.chatterbox.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

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

  /// By how many seconds clocks may differ: what has to do with a token is kept that much longer.
  /// One setting for all services, `mp.jwt.verify.clock.skew`.
  @WithDefault("${mp.jwt.verify.clock.skew:30}")
  int skewSeconds();

  /// How long a refresh token is good.
  @WithDefault("7d")
  Duration refreshTokenLife();

  /// How long the refresh token used last is answered with the pair it was answered with first.
  @WithDefault("10s")
  Duration refreshGrace();

  /// How often a password may be tried, a minute: for each account, and from each address.
  @WithDefault("5")
  int attemptsPerMinute();

  /// After this time services that have not confirmed the deletion of an account are told again,
  /// and after more and more the longer they do not.
  @WithDefault("2s")
  Duration deletionRetry();

  /// When all have confirmed it they are told once more after this time, for what was under way.
  @WithDefault("30s")
  Duration deletionSettles();

  /// The signing keys.
  Keys keys();

  /// Letters.
  Mail mail();

  /// Argon2id's work factors (RFC 9106 §4), and how much of it runs at a time.
  Password password();

  /// The signing keys.
  interface Keys {

    /// How long a key signs before the next one takes its place.
    @WithDefault("30d")
    Duration life();

    /// How long a new key is published before it signs, so that everybody has read it.
    @WithDefault("5m")
    Duration lead();

    /// How often replicas look whether another one has made a key.
    @WithDefault("30s")
    Duration reload();
  }

  /// Letters.
  interface Mail {

    /// How long the token in a letter about a forgotten password is good.
    @WithDefault("30m")
    Duration resetTokenLife();

    /// The page that takes such a token; `{token}` in it stands for the token. Without it the
    /// letter names the token only.
    Optional<String> resetPage();

    /// Letters of one replica that are under way; above it they are refused.
    @WithDefault("256")
    int waiting();
  }

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

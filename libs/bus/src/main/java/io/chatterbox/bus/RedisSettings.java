package io.chatterbox.bus;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/// Remembers the settings of the application's default Redis client (address, password, TLS,
/// database), so that the bus's own connections are made from the same.
@Singleton
final class RedisSettings implements RedisOptionsCustomizer {
  private static final String DEFAULT_CLIENT = "<default>";

  private volatile @Nullable RedisOptions options;

  RedisSettings() {}

  @Override
  public void customize(String clientName, RedisOptions clientOptions) {
    if (clientName.equals(DEFAULT_CLIENT)) {
      options = new RedisOptions(clientOptions);
    }
  }

  RedisOptions options() {
    RedisOptions known = options;
    if (known == null) {
      throw new IllegalStateException("quarkus.redis.hosts is not set");
    }
    return known;
  }
}

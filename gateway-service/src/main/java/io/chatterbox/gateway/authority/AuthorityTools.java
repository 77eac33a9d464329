package io.chatterbox.gateway.authority;

import io.chatterbox.bus.Json;
import io.chatterbox.gateway.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What the authority of every socket needs.
@Singleton
public final class AuthorityTools {
  private final Tokens tokens;
  private final Json json;
  private final Clock clock;
  private final GatewayConfig.Authority config;

  @Inject
  AuthorityTools(Tokens tokens, Json json, Clock clock, GatewayConfig config) {
    this.tokens = tokens;
    this.json = json;
    this.clock = clock;
    this.config = config.authority();
  }

  Tokens tokens() {
    return tokens;
  }

  Json json() {
    return json;
  }

  Clock clock() {
    return clock;
  }

  GatewayConfig.Authority config() {
    return config;
  }
}

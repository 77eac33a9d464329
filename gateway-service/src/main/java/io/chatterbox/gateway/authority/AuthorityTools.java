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
  private final Revocations revocations;
  private final LiveSockets live;
  private final Json json;
  private final Clock clock;
  private final GatewayConfig.Authority config;

  @Inject
  AuthorityTools(
      Tokens tokens,
      Revocations revocations,
      LiveSockets live,
      Json json,
      Clock clock,
      GatewayConfig config) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.live = live;
    this.json = json;
    this.clock = clock;
    this.config = config.authority();
  }

  Tokens tokens() {
    return tokens;
  }

  Revocations revocations() {
    return revocations;
  }

  LiveSockets live() {
    return live;
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

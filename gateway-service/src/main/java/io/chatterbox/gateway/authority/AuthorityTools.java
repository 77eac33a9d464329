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
  private final UserSockets counts;
  private final Json json;
  private final Clock clock;
  private final GatewayConfig.Authority config;

  /// What is not about authority alone.
  @Singleton
  record Basics(Json json, Clock clock, GatewayConfig config) {}

  @Inject
  AuthorityTools(
      Tokens tokens, Revocations revocations, LiveSockets live, UserSockets counts, Basics basics) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.live = live;
    this.counts = counts;
    this.json = basics.json();
    this.clock = basics.clock();
    this.config = basics.config().authority();
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

  UserSockets counts() {
    return counts;
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

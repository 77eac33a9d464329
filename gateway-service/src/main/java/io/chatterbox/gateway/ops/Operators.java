package io.chatterbox.gateway.ops;

import io.chatterbox.gateway.GatewayConfig;
import io.chatterbox.gateway.authority.Token;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may look, and act.
@Singleton
final class Operators {
  private static final String ID = "id:";

  private final Set<String> names;

  @Inject
  Operators(GatewayConfig config) {
    this(config.operators().orElse(Set.of()));
  }

  Operators(Set<String> configured) {
    // names are unique without regard to case, and hold no colon
    this.names =
        configured.stream()
            .map(String::strip)
            .map(each -> each.startsWith(ID) ? each : each.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /// Whether there are any.
  boolean exist() {
    return !names.isEmpty();
  }

  /// Whether the token is an operator's.
  boolean include(Token token) {
    return names.contains(token.username().toLowerCase(Locale.ROOT))
        || names.contains(ID + token.userId());
  }
}

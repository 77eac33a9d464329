package io.chatterbox.auth.accounts;

import io.chatterbox.contract.Presence;
import io.chatterbox.rest.Peer;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who is online, as presence-service tells it.
@Singleton
public final class Statuses {
  private final Peer<PresenceClient> presence;
  private final String secret;

  Statuses(ServicesConfig services) {
    presence = new Peer<>("presence", services.presenceUrls(), PresenceClient.class);
    secret = services.sharedSecret();
  }

  /// @throws io.chatterbox.contract.Refusal `UNAVAILABLE` when presence-service does not answer
  public Presence of(String userId) {
    return Objects.requireNonNull(of(List.of(userId)).get(userId));
  }

  /// Each one's presence; somebody never seen is offline.
  ///
  /// @throws io.chatterbox.contract.Refusal `UNAVAILABLE` when presence-service does not answer
  public Map<String, Presence> of(Collection<String> userIds) {
    if (userIds.isEmpty()) {
      return Map.of();
    }
    Map<String, Presence> told =
        presence.ask(client -> client.find(secret, String.join(",", userIds))).presence().stream()
            .collect(Collectors.toMap(Presence::userId, Function.identity()));
    return userIds.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                id -> told.getOrDefault(id, new Presence(id, "offline", null))));
  }
}

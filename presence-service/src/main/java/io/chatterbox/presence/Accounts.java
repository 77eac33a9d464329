package io.chatterbox.presence;

import io.chatterbox.rest.Peer;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// Which users there are, as auth-service tells it.
@Singleton
class Accounts {
  private final Peer<UsersClient> auth;
  private final String secret;

  Accounts(ServicesConfig services) {
    auth = new Peer<>("auth", services.authUrls(), UsersClient.class);
    secret = services.sharedSecret();
  }

  /// Those of these ids that somebody has.
  ///
  /// @throws io.chatterbox.contract.Refusal `UNAVAILABLE` when auth-service does not answer
  Set<String> existing(Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : auth.ask(client -> client.find(secret, String.join(",", ids))).users().stream()
            .map(UsersClient.User::id)
            .collect(Collectors.toSet());
  }
}

package io.chatterbox.auth.deletions;

import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.Peer;
import io.chatterbox.rest.ServicesConfig;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/// The services that know people.
@Singleton
class Services {
  static final List<String> NAMES = List.of("chat", "presence", "ai");

  private final Map<String, Peer<AccountsClient>> peers;
  private final String secret;

  Services(ServicesConfig services) {
    peers =
        Map.of(
            "chat", new Peer<>("chat", services.chatUrls(), AccountsClient.class),
            "presence", new Peer<>("presence", services.presenceUrls(), AccountsClient.class),
            "ai", new Peer<>("ai", services.aiUrls(), AccountsClient.class));
    secret = services.sharedSecret();
  }

  /// Tells one of a deleted account.
  ///
  /// @return whether it confirmed that all is done
  boolean tell(String name, String userId) {
    Peer<AccountsClient> peer = peers.get(name);
    if (peer == null) {
      // a service that there was when it was written down
      return true;
    }
    try {
      return peer.ask(client -> {
        try (var answer = client.delete(secret, userId)) {
          return answer.getStatus() / 100 == 2;
        }
      });
    } catch (Refusal away) {
      return false;
    }
  }
}

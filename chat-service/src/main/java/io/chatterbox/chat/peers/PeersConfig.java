package io.chatterbox.chat.peers;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;

/// Where the other services are.
@ConfigMapping(prefix = "chatterbox.services")
public interface PeersConfig {

  /// Addresses of auth-service's replicas.
  @WithDefault("http://127.0.0.1:3001")
  List<URI> authUrls();

  /// Addresses of presence-service's replicas.
  @WithDefault("http://127.0.0.1:3003")
  List<URI> presenceUrls();
}

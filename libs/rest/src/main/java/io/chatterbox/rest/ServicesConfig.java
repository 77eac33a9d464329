package io.chatterbox.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;

/// Where the other services are, and what services need to trust each other.
@ConfigMapping(prefix = "chatterbox.services")
public interface ServicesConfig {

  /// Addresses of auth-service's replicas.
  @WithDefault("http://127.0.0.1:3001")
  List<URI> authUrls();

  /// Addresses of presence-service's replicas.
  @WithDefault("http://127.0.0.1:3003")
  List<URI> presenceUrls();

  /// Addresses of chat-service's replicas.
  @WithDefault("http://127.0.0.1:3002")
  List<URI> chatUrls();

  /// Addresses of ai-service's replicas.
  @WithDefault("http://127.0.0.1:3004")
  List<URI> aiUrls();

  /// Known to the services only; sent with every request to `/internal`.
  String sharedSecret();
}

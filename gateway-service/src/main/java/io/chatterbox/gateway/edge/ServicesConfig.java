package io.chatterbox.gateway.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/// Where the services are: every replica of each, or an address that stands for all of them.
@ConfigMapping(prefix = "chatterbox.services")
interface ServicesConfig {

  /// auth-service.
  @WithDefault("http://127.0.0.1:3001")
  List<String> authUrls();

  /// chat-service.
  @WithDefault("http://127.0.0.1:3002")
  List<String> chatUrls();

  /// presence-service.
  @WithDefault("http://127.0.0.1:3003")
  List<String> presenceUrls();

  /// ai-service.
  @WithDefault("http://127.0.0.1:3004")
  List<String> aiUrls();
}

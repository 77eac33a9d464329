package io.chatterbox.auth.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Rate and connection limits as a whole.
@ConfigMapping(prefix = "chatterbox.limits")
public interface LimitsConfig {

  /// Whether there are any; `false` is for load tests.
  @WithDefault("true")
  boolean enabled();
}

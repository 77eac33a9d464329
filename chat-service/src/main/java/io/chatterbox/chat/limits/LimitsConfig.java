package io.chatterbox.chat.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The switch that all services share.
@ConfigMapping(prefix = "chatterbox.limits")
public interface LimitsConfig {

  /// Whether rates are limited. Load tests switch it off.
  @WithDefault("true")
  boolean enabled();
}

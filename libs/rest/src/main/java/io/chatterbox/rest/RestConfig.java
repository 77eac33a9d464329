package io.chatterbox.rest;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;
import java.util.Set;

/// Settings of the REST half.
@ConfigMapping(prefix = "chatterbox.rest")
public interface RestConfig {

  /// Paths below `/api` that are answered without a token.
  Optional<Set<String>> openPaths();
}

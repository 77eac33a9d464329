package io.chatterbox.rest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Settings of the REST half.
@ConfigMapping(prefix = "chatterbox.rest")
public interface RestConfig {

  /// Paths below `/api` that are answered without a token.
  Optional<Set<String>> openPaths();

  /// Paths below `/api` that are answered without a token too, if the address is signed
  /// ([FileLinks]). The resource checks the signature.
  Optional<Pattern> signedPaths();

  /// How long a signed address shows a file.
  @WithDefault("1h")
  Duration linkLife();
}

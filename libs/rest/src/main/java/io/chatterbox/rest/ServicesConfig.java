package io.chatterbox.rest;

import io.smallrye.config.ConfigMapping;

/// What services need to trust each other.
@ConfigMapping(prefix = "chatterbox.services")
public interface ServicesConfig {

  /// Known to the services only; sent with every request to `/internal`.
  String sharedSecret();
}

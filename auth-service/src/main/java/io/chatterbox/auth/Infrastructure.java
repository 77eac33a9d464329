package io.chatterbox.auth;

import io.chatterbox.rest.FileLinks;
import io.chatterbox.rest.RestConfig;
import io.chatterbox.rest.ServicesConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// What the parts share and do not make themselves.
@Singleton
final class Infrastructure {

  @Produces
  @Singleton
  FileLinks fileLinks(ServicesConfig services, RestConfig config, Clock clock) {
    return new FileLinks(services, config, clock);
  }
}

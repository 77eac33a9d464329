package io.chatterbox.bus;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready while a master is connected. One of several may be away: no other replica has it either,
/// and what is at the others goes on.
@Readiness
@Singleton
final class RedisHealth implements HealthCheck {
  private final Router redis;

  @Inject
  RedisHealth(Links links) {
    this.redis = links.requests();
  }

  @Override
  public HealthCheckResponse call() {
    int connected = redis.connected();
    return HealthCheckResponse.named("Redis connection health check")
        .withData("masters", connected)
        .status(connected > 0)
        .build();
  }
}

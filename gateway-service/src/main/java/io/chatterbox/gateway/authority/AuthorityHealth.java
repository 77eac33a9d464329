package io.chatterbox.gateway.authority;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once the list of revoked tokens was read.
@Readiness
@ApplicationScoped
class AuthorityHealth implements HealthCheck {
  private final Revocations revocations;

  AuthorityHealth(Revocations revocations) {
    this.revocations = revocations;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("authority").status(revocations.isKnown()).build();
  }
}

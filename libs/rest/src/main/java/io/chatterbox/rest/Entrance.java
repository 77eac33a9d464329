package io.chatterbox.rest;

import io.chatterbox.contract.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Asks everyone who comes in: a token below `/api`, the shared secret below `/internal`.
public final class Entrance {
  private final Tokens tokens;
  private final SignedIn signedIn;
  private final RestConfig config;
  private final ServicesConfig services;

  public Entrance(Tokens tokens, SignedIn signedIn, RestConfig config, ServicesConfig services) {
    this.tokens = tokens;
    this.signedIn = signedIn;
    this.config = config;
    this.services = services;
  }

  @ServerRequestFilter
  public void enter(ContainerRequestContext request) {
    String path = request.getUriInfo().getPath();
    if (path.startsWith("/internal/")) {
      String secret = request.getHeaderString(Internal.HEADER);
      if (secret == null || !isSecret(secret)) {
        throw Refusal.notFound("There is nothing here.");
      }
    } else if (path.startsWith("/api/")
        && config.openPaths().filter(open -> open.contains(path)).isEmpty()
        && !isSigned(request, path)) {
      signedIn.is(tokens.callerOf(request.getHeaderString("Authorization")));
    }
  }

  /// Somebody with a token is asked for it all the same.
  private boolean isSigned(ContainerRequestContext request, String path) {
    return request.getHeaderString("Authorization") == null
        && request.getUriInfo().getQueryParameters().containsKey("signature")
        && config.signedPaths().filter(paths -> paths.matcher(path).matches()).isPresent();
  }

  private boolean isSecret(String secret) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8),
        services.sharedSecret().getBytes(StandardCharsets.UTF_8));
  }
}

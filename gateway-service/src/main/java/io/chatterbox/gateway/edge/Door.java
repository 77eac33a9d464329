package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.authority.Revocations;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.authority.Tokens;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may call: not too often, and with a token that is good and was not revoked.
@Singleton
class Door {
  private static final String BEARER = "bearer ";

  private final RequestLimits limits;
  private final ClientAddresses addresses;
  private final Tokens tokens;
  private final Revocations revocations;

  @Inject
  Door(RequestLimits limits, ClientAddresses addresses, Tokens tokens, Revocations revocations) {
    this.limits = limits;
    this.addresses = addresses;
    this.tokens = tokens;
    this.revocations = revocations;
  }

  /// @param isOpen whether no token is needed
  /// @return failed with a [Refusal]
  Future<Void> enter(HttpServerRequest request, boolean isOpen) {
    Optional<String> bearer = bearer(request.getHeader(HttpHeaders.AUTHORIZATION));
    return limits
        .take(addresses.of(request))
        .compose(wait -> {
          if (wait > 0) {
            return refused(
                new Refusal(ErrorCode.RATE_LIMITED, "Too many requests; try again later.", wait));
          }
          if (isOpen) {
            return Future.succeededFuture();
          }
          return bearer
              .map(token -> tokens.check(token).compose(this::checkRevoked))
              .orElseGet(() -> refused(new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.")));
        });
  }

  private Future<Void> checkRevoked(Token token) {
    if (!revocations.isCurrent()) {
      return refused(Revocations.notKnown());
    }
    return revocations.isRevoked(token) ? refused(Revocations.revoked()) : Future.succeededFuture();
  }

  private static Future<Void> refused(Refusal refusal) {
    return Future.failedFuture(refusal);
  }

  private static Optional<String> bearer(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }
}

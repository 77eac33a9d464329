package io.chatterbox.gateway.ops;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.gateway.authority.Revocations;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.authority.Tokens;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// Who may look: with a token that is good, was not revoked and is an operator's.
@Singleton
final class Admission {
  private final Tokens tokens;
  private final Revocations revocations;
  private final Operators operators;
  private final Clock clock;

  @Inject
  Admission(Tokens tokens, Revocations revocations, Operators operators, Clock clock) {
    this.tokens = tokens;
    this.revocations = revocations;
    this.operators = operators;
    this.clock = clock;
  }

  /// @return failed with a [Refusal]
  Future<Token> check(String text) {
    return tokens
        .check(text)
        .compose(token -> revocations.awaitWhole().map(token))
        .compose(token -> {
          @Nullable Refusal refusal = ended(token);
          return refusal == null ? Future.succeededFuture(token) : Future.failedFuture(refusal);
        });
  }

  /// Why a token that was let in does not count any more; null while it does.
  @Nullable Refusal ended(Token token) {
    if (revocations.isRevoked(token)) {
      return Revocations.revoked();
    }
    if (!token.expiresAt().isAfter(clock.instant())) {
      return new Refusal(ErrorCode.TOKEN_EXPIRED, "This token has expired.");
    }
    return operators.include(token)
        ? null
        : new Refusal(ErrorCode.FORBIDDEN, "This account is no operator's.");
  }
}

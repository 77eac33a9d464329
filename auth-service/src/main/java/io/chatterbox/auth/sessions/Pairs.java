package io.chatterbox.auth.sessions;

import io.chatterbox.auth.Sealed;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.keys.AccessTokens;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// Makes pairs of tokens. A refresh token is `<session>.<random>.<mark>`, the mark showing that it
/// was made here.
@Singleton
class Pairs {
  private static final int RANDOM_BYTES = 32;
  private static final String PURPOSE = "pair ";

  private final AccessTokens accessTokens;
  private final Sealed sealed;
  private final SecureRandom random = new SecureRandom();

  Pairs(AccessTokens accessTokens, Sealed sealed) {
    this.accessTokens = accessTokens;
    this.sealed = sealed;
  }

  /// A new pair of a session.
  Pair make(AccountDocument account, String sessionId) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String own = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new Pair(
        accessTokens.issue(account.id, account.username, sessionId),
        sessionId + "." + own + "." + mark(sessionId, own));
  }

  /// The session that a refresh token says to be of.
  static String sessionOf(String refreshToken) {
    return refreshToken.substring(0, Math.max(refreshToken.indexOf('.'), 0));
  }

  /// Whether this server made the refresh token. A made-up one must not end a session whose id
  /// somebody knows.
  boolean isOurs(String sessionId, String refreshToken) {
    String rest = refreshToken.substring(sessionId.length() + 1);
    int dot = rest.indexOf('.');
    return dot > 0
        && refreshToken.equals(
            sessionId
                + "."
                + rest.substring(0, dot)
                + "."
                + mark(sessionId, rest.substring(0, dot)));
  }

  byte[] seal(Pair pair, String sessionId) {
    return sealed.seal(
        (pair.accessToken() + " " + pair.refreshToken()).getBytes(StandardCharsets.US_ASCII),
        PURPOSE + sessionId);
  }

  Pair open(byte[] sealedPair, String sessionId) {
    String[] parts =
        new String(sealed.open(sealedPair, PURPOSE + sessionId), StandardCharsets.US_ASCII)
            .split(" ", -1);
    return new Pair(parts[0], parts[1]);
  }

  private String mark(String sessionId, String own) {
    return sealed.mark(sessionId + "." + own);
  }
}

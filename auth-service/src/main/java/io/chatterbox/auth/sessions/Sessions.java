package io.chatterbox.auth.sessions;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Sealed;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.keys.AccessTokens;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/// The collection `sessions`. A refresh token is `<session>.<random>.<mark>`, the mark showing that
/// it was made here; only its hash is kept. Using it makes the next one; using an older one again,
/// after a short grace, ends the session (RFC 9700 §4.14.2).
@ApplicationScoped
public class Sessions implements PanacheMongoRepositoryBase<SessionDocument, String> {
  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST_AGENT = 300;
  private static final String PURPOSE = "pair ";

  private final Accounts accounts;
  private final AccessTokens accessTokens;
  private final Sealed sealed;
  private final AuthConfig config;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Sessions(
      Accounts accounts, AccessTokens accessTokens, Sealed sealed, AuthConfig config, Clock clock) {
    this.accounts = accounts;
    this.accessTokens = accessTokens;
    this.sealed = sealed;
    this.config = config;
    this.clock = clock;
  }

  /// A new signed-in device.
  Pair begin(AccountDocument account, String userAgent, String ip) {
    Instant now = clock.instant();
    SessionDocument session = new SessionDocument();
    session.id = UUID.randomUUID().toString();
    session.userId = account.id;
    session.userAgent =
        userAgent.length() > LONGEST_AGENT ? userAgent.substring(0, LONGEST_AGENT) : userAgent;
    session.ip = ip;
    session.createdAt = now;
    session.lastUsed = now;
    session.rotatedAt = now;
    session.expiresAt = now.plus(config.refreshTokenLife());
    Pair pair = pair(account, session.id);
    session.current = hash(pair.refreshToken());
    mongoCollection().insertOne(session);
    return pair;
  }

  /// The next pair for a refresh token.
  ///
  /// @throws Refusal `UNAUTHORIZED` when it is not good (any more)
  Pair refresh(String refreshToken) {
    int dot = refreshToken.indexOf('.');
    SessionDocument session =
        findByIdOptional(refreshToken.substring(0, Math.max(dot, 0)))
            .filter(found -> !found.ended && found.expiresAt.isAfter(clock.instant()))
            .orElseThrow(Sessions::notGood);
    String hash = hash(refreshToken);
    if (hash.equals(session.current)) {
      return rotate(session, hash);
    }
    if (hash.equals(session.previous)
        && session.rotatedAt.plus(config.refreshGrace()).isAfter(clock.instant())) {
      return previousAnswer(session);
    }
    if (isOurs(session.id, refreshToken)) {
      end(session.id);
    }
    throw notGood();
  }

  private Pair rotate(SessionDocument session, String used) {
    AccountDocument account =
        accounts.findByIdOptional(session.userId).orElseThrow(Sessions::notGood);
    Pair next = pair(account, session.id);
    Instant now = clock.instant();
    long moved =
        mongoCollection()
            .updateOne(
                and(eq("_id", session.id), eq("current", used), eq("ended", false)),
                combine(
                    set("current", hash(next.refreshToken())),
                    set("previous", used),
                    set(
                        "previousAnswer",
                        sealed.seal(
                            (next.accessToken() + " " + next.refreshToken())
                                .getBytes(StandardCharsets.US_ASCII),
                            PURPOSE + session.id)),
                    set("rotatedAt", now),
                    set("lastUsed", now),
                    set("expiresAt", now.plus(config.refreshTokenLife()))))
            .getModifiedCount();
    if (moved == 1) {
      return next;
    }
    // the same token at the same moment, here or at another replica: both get what the first got
    SessionDocument raced =
        findByIdOptional(session.id).filter(found -> !found.ended).orElseThrow(Sessions::notGood);
    if (!raced.previous.equals(used)) {
      throw notGood();
    }
    return previousAnswer(raced);
  }

  private Pair previousAnswer(SessionDocument session) {
    String[] parts =
        new String(
                sealed.open(session.previousAnswer, PURPOSE + session.id),
                StandardCharsets.US_ASCII)
            .split(" ", -1);
    return new Pair(parts[0], parts[1]);
  }

  /// Whether this server made the token: then it was used before, since it is neither the current
  /// one nor within its grace. A made-up one must not end a session whose id somebody knows.
  private boolean isOurs(String sessionId, String token) {
    String random = token.substring(sessionId.length() + 1);
    int dot = random.indexOf('.');
    return dot > 0
        && token.equals(
            sessionId
                + "."
                + random.substring(0, dot)
                + "."
                + sealed.mark(sessionId + "." + random.substring(0, dot)));
  }

  private void end(String id) {
    mongoCollection().updateOne(eq("_id", id), set("ended", true));
  }

  private Pair pair(AccountDocument account, String sessionId) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String own = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new Pair(
        accessTokens.issue(account.id, account.username, sessionId),
        sessionId + "." + own + "." + sealed.mark(sessionId + "." + own));
  }

  private static Refusal notGood() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This refresh token is not valid any more.");
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

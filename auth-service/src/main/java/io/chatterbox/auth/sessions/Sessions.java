package io.chatterbox.auth.sessions;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.model.Indexes;
import io.chatterbox.auth.AuthConfig;
import io.chatterbox.auth.Hashes;
import io.chatterbox.auth.Prepared;
import io.chatterbox.auth.accounts.AccountDocument;
import io.chatterbox.auth.accounts.Accounts;
import io.chatterbox.auth.revocations.Revocations;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Revocation;
import io.quarkus.mongodb.panache.PanacheMongoRepositoryBase;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;

/// The collection `sessions`. Of refresh tokens only hashes are kept. Using one makes the next one;
/// using it again is answered the same for a short grace, and ends the session after that (RFC 9700
/// §4.14.2).
@Startup
@ApplicationScoped
public class Sessions implements PanacheMongoRepositoryBase<SessionDocument, String>, Prepared {
  private static final int LONGEST_AGENT = 300;

  /// Uses within the grace, and voided tokens, that are remembered of one session.
  private static final int REMEMBERED = 16;

  private final Accounts accounts;
  private final Pairs pairs;
  private final Revocations revocations;
  private final AuthConfig config;
  private final Clock clock;

  Sessions(
      Accounts accounts, Pairs pairs, Revocations revocations, AuthConfig config, Clock clock) {
    this.accounts = accounts;
    this.pairs = pairs;
    this.revocations = revocations;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void prepare() {
    mongoCollection().createIndex(Indexes.ascending("userId"));
    mongoCollection().createIndex(Indexes.ascending("expiresAt"));
  }

  /// A new signed-in device.
  ///
  /// @throws Refusal `UNAUTHORIZED` when account or password changed meanwhile
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
    session.expiresAt = now.plus(config.refreshTokenLife());
    Pair pair = pairs.make(account, session.id);
    session.current = Hashes.sha256(pair.refreshToken());
    mongoCollection().insertOne(session);
    // who changes the password or deletes the account does so first and ends sessions after: either
    // he finds this one, or it finds what he did
    boolean isStillTrue =
        accounts
            .findByIdOptional(account.id)
            .filter(found -> found.passwordHash.equals(account.passwordHash))
            .isPresent();
    if (!isStillTrue) {
      end(List.of(session.id));
      throw new Refusal(ErrorCode.UNAUTHORIZED, "The password was changed just now.");
    }
    return pair;
  }

  /// The next pair for a refresh token.
  ///
  /// @throws Refusal `UNAUTHORIZED` when it is not good (any more)
  Pair refresh(String refreshToken) {
    String hash = Hashes.sha256(refreshToken);
    SessionDocument session =
        findByIdOptional(Pairs.sessionOf(refreshToken))
            .filter(this::isGood)
            .orElseThrow(Sessions::notGood);
    if (hash.equals(session.current)) {
      AccountDocument account =
          accounts.findByIdOptional(session.userId).orElseThrow(Sessions::notGood);
      Pair next = pairs.make(account, session.id);
      if (rotate(session, next, remembering(session, hash, next), session.voided)) {
        return next;
      }
      // the same token at the same moment, here or at another replica
      session = findByIdOptional(session.id).filter(this::isGood).orElseThrow(Sessions::notGood);
    }
    Optional<Pair> again = answeredBefore(session, hash);
    if (again.isPresent()) {
      return again.get();
    }
    if (!session.voided.contains(hash) && pairs.isOurs(session.id, refreshToken)) {
      // it was used before, by whomever
      end(List.of(session.id));
    }
    throw notGood();
  }

  /// A new pair for a session whose tokens are to be void without its end.
  ///
  /// @throws Refusal `UNAUTHORIZED` when it has ended
  Pair renew(AccountDocument account, String sessionId) {
    while (true) {
      SessionDocument session =
          findByIdOptional(sessionId).filter(this::isGood).orElseThrow(Sessions::ended);
      Pair next = pairs.make(account, sessionId);
      List<String> voided =
          Stream.of(
                  session.voided.stream(),
                  session.recent.stream().map(rotation -> rotation.used),
                  Stream.of(session.current))
              .flatMap(hashes -> hashes)
              .toList();
      if (rotate(session, next, List.of(), latest(voided))) {
        return next;
      }
    }
  }

  /// Those that are signed in, the one used last first.
  List<SessionDocument> ofUser(String userId) {
    return mongoCollection()
        .find(new Document("userId", userId).append("ended", false))
        .into(new ArrayList<>())
        .stream()
        .filter(this::isGood)
        .sorted((one, other) -> other.lastUsed.compareTo(one.lastUsed))
        .toList();
  }

  /// Ends one.
  ///
  /// @throws Refusal `NOT_FOUND` when this user has no such session
  void end(String userId, String sessionId) {
    boolean isHis =
        findByIdOptional(sessionId)
            .filter(found -> found.userId.equals(userId) && isGood(found))
            .isPresent();
    if (!isHis) {
      throw Refusal.notFound("There is no such session.");
    }
    end(List.of(sessionId));
  }

  /// Ends all of a user's but one; an id that is none ends all.
  public void endOthers(String userId, String kept) {
    end(
        mongoCollection()
            .find(
                new Document("userId", userId)
                    .append("ended", false)
                    .append("_id", new Document("$ne", kept)))
            .map(session -> session.id)
            .into(new ArrayList<>()));
  }

  /// Removes all that is known of a user's devices.
  public void forget(String userId) {
    delete("userId", userId);
  }

  /// Removes those that nobody can use any more.
  void clean() {
    mongoCollection().deleteMany(lte("expiresAt", clock.instant()));
  }

  /// First its tokens, so that a session that has ended has none that is good.
  void end(List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    revocations.revoke(ids.stream().map(Revocation::ofSession).toList());
    for (String id : ids) {
      mongoCollection()
          .updateOne(eq("_id", id), combine(set("ended", true), set("recent", List.of())));
    }
  }

  private boolean isGood(SessionDocument session) {
    return !session.ended && session.expiresAt.isAfter(clock.instant());
  }

  /// Moves a session on to the next pair, unless somebody else did so first.
  private boolean rotate(
      SessionDocument session,
      Pair next,
      List<SessionDocument.Rotation> recent,
      List<String> voided) {
    Instant now = clock.instant();
    // written out: the driver's `and` sends `$and`, for which the embedded MongoDB uses no index
    Document asRead =
        new Document("_id", session.id).append("current", session.current).append("ended", false);
    return mongoCollection()
            .updateOne(
                asRead,
                combine(
                    set("current", Hashes.sha256(next.refreshToken())),
                    set("recent", recent),
                    set("voided", voided),
                    set("lastUsed", now),
                    set("expiresAt", now.plus(config.refreshTokenLife()))))
            .getModifiedCount()
        == 1;
  }

  private List<SessionDocument.Rotation> remembering(
      SessionDocument session, String used, Pair next) {
    SessionDocument.Rotation rotation = new SessionDocument.Rotation();
    rotation.used = used;
    rotation.answer = pairs.seal(next, session.id);
    rotation.at = clock.instant();
    return latest(
        Stream.concat(session.recent.stream().filter(this::isInGrace), Stream.of(rotation))
            .toList());
  }

  private Optional<Pair> answeredBefore(SessionDocument session, String hash) {
    return session.recent.stream()
        .filter(rotation -> rotation.used.equals(hash) && isInGrace(rotation))
        .findFirst()
        .map(rotation -> pairs.open(rotation.answer, session.id));
  }

  private boolean isInGrace(SessionDocument.Rotation rotation) {
    return rotation.at.plus(config.refreshGrace()).isAfter(clock.instant());
  }

  private static <T> List<T> latest(List<T> all) {
    return all.subList(Math.max(0, all.size() - REMEMBERED), all.size());
  }

  private static Refusal notGood() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This refresh token is not valid any more.");
  }

  private static Refusal ended() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This session has ended.");
  }
}

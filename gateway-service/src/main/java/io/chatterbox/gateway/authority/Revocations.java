package io.chatterbox.gateway.authority;

import io.chatterbox.bus.Channels;
import io.chatterbox.bus.Steady;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Revocation;
import io.chatterbox.gateway.GatewayConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Tokens that are not good any more, as auth-service says. Heard at once by pub/sub, and read
/// every 500 ms in case that something was not heard. What was heard once stays known until its
/// tokens have expired, whatever Redis forgets, and whatever the machine's clock does meanwhile:
/// what is dropped while that is ahead would be missing when it is right again.
@Singleton
public final class Revocations {
  private static final Logger LOG = Logger.getLogger(Revocations.class);
  private static final long CLEANING_MILLIS = 60_000;
  private static final long RETRY_AFTER_MILLIS = 1_000;

  private final RevocationReader reader;
  private final Channels channels;
  private final LiveSockets sockets;
  private final GatewayConfig.Authority config;
  private final Vertx vertx;
  private final Clock clock;
  private final Map<String, Long> untilBySubject = new ConcurrentHashMap<>();
  private final Queue<Promise<Void>> waiting = new ConcurrentLinkedQueue<>();

  // touched by one reading at a time
  private RevocationReader.Position position = RevocationReader.Position.START;
  private boolean reading;
  private long looksMissed;
  private long heardAgainAt;

  private volatile boolean whole;
  private volatile boolean known;

  /// Whether Redis was silent, and what was revoked meanwhile may not be in the list.
  private volatile boolean missed;

  private volatile long readAt = System.nanoTime();

  @Inject
  Revocations(
      RevocationReader reader,
      Channels channels,
      LiveSockets sockets,
      GatewayConfig config,
      Vertx vertx,
      @Steady Clock clock) {
    this.reader = reader;
    this.channels = channels;
    this.sockets = sockets;
    this.config = config.authority();
    this.vertx = vertx;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    io.vertx.core.Context context = vertx.getOrCreateContext();
    channels
        .subscribe(RedisNames.revocationNews(), message -> add(List.of(parse(message))))
        .onFailure(e -> LOG.warnf("event=revocations-not-heard reason=%s", e.getMessage()));
    context.runOnContext(_ -> {
      read();
      vertx.setPeriodic(config.revocationCheck().toMillis(), _ -> read());
      vertx.setPeriodic(CLEANING_MILLIS, _ -> clean());
    });
    channels.onRestored(() -> context.runOnContext(_ -> read()));
  }

  /// Whether such a token is not good any more.
  public boolean isRevoked(Token token) {
    return untilBySubject.containsKey(Revocation.ofSession(token.sessionId()))
        || untilBySubject.containsKey(Revocation.ofUser(token.userId()));
  }

  /// Whether the whole list was read, just now: nobody new is let in without.
  public boolean isWhole() {
    // in this order: whoever reads it again says first that something was missed
    return isFresh() && whole && !missed;
  }

  /// Whether the whole list was ever read. What was revoked since is missing only while Redis does
  /// not answer.
  public boolean isKnown() {
    return known;
  }

  /// Whether the list was asked for just now. A call is refused without: what was revoked since
  /// would be let in for as long as this gateway, perhaps alone, does not hear of Redis. A list
  /// that Redis has lost is no hindrance: what was known stays known, and what comes is heard.
  /// After a silence, though, it has to be whole once, and auth-service has to have looked for what
  /// could not be told meanwhile.
  public boolean isCurrent() {
    return isFresh() && known && !missed;
  }

  private boolean isFresh() {
    return System.nanoTime() - readAt < config.revocationsStale().toNanos();
  }

  /// Waits for the whole list.
  ///
  /// @return failed with a [Refusal] `UNAVAILABLE` if it takes too long
  public Future<Void> awaitWhole() {
    if (isWhole()) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    waiting.add(promise);
    if (isWhole()) {
      promise.tryComplete();
    }
    return promise
        .future()
        .timeout(config.patience().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(_ -> waiting.remove(promise))
        .recover(_ -> Future.failedFuture(notKnown()));
  }

  /// What is said while the list is not known.
  public static Refusal notKnown() {
    return new Refusal(
        ErrorCode.UNAVAILABLE, "The token cannot be checked now. Try again.", RETRY_AFTER_MILLIS);
  }

  /// What is said about such a token.
  public static Refusal revoked() {
    return new Refusal(ErrorCode.UNAUTHORIZED, "This session has ended.");
  }

  private void read() {
    if (reading) {
      return;
    }
    reading = true;
    reader
        .read(position)
        .onComplete(result -> {
          reading = false;
          if (result.succeeded()) {
            take(result.result());
          } else {
            LOG.debugf("event=revocations-not-read reason=%s", result.cause().getMessage());
          }
        });
  }

  private void take(RevocationReader.Page page) {
    add(page.revocations());
    position = page.position();
    long now = System.nanoTime();
    if (!isFresh()) {
      missed = true;
      looksMissed = page.looks().began();
      heardAgainAt = now;
    }
    // Redis may have forgotten some
    looksMissed = Math.min(looksMissed, page.looks().began());
    readAt = now;
    if (!page.isLast()) {
      read();
      return;
    }
    if (whole != page.isWhole()) {
      LOG.infof("event=revocations whole=%s", page.isWhole());
    }
    whole = page.isWhole();
    if (whole) {
      known = true;
      missed = missed && !hasLookedSince(page);
    }
    if (isWhole()) {
      for (Promise<Void> promise = waiting.poll(); promise != null; promise = waiting.poll()) {
        promise.tryComplete();
      }
    }
  }

  /// Whether auth-service has told all that it could not while Redis was silent. It is not waited
  /// for longer than a list counts for fresh: it may be down, and that keeps nobody out.
  private boolean hasLookedSince(RevocationReader.Page page) {
    if (page.looks().ended() > looksMissed) {
      return true;
    }
    boolean isPatient = System.nanoTime() - heardAgainAt < config.revocationsStale().toNanos();
    if (!isPatient) {
      LOG.warn("event=revocations-not-looked-for reason=\"auth-service has not looked\"");
    }
    return !isPatient;
  }

  void add(List<Revocation> revocations) {
    long now = clock.millis();
    for (Revocation revocation : revocations) {
      if (revocation.untilEpochMs() > now) {
        untilBySubject.merge(revocation.subject(), revocation.untilEpochMs(), Math::max);
        sockets.revoked(revocation.subject());
      }
    }
  }

  private void clean() {
    long now = clock.millis();
    untilBySubject.values().removeIf(until -> until <= now);
  }

  private static Revocation parse(Buffer message) {
    return Revocation.parse(message.toString(StandardCharsets.UTF_8));
  }
}

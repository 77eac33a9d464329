package io.chatterbox.gateway.recovery;

import io.chatterbox.bus.Json;
import io.chatterbox.contract.GatewayEvent;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.chatterbox.engineio.CloseReason;
import io.chatterbox.gateway.authority.Revocations;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.authority.Tokens;
import io.chatterbox.gateway.fanout.Comeback;
import io.chatterbox.gateway.fanout.Session;
import io.chatterbox.gateway.fanout.Stays;
import io.chatterbox.socketio.Handshake;
import io.chatterbox.socketio.Recovery;
import io.chatterbox.socketio.Socket;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/// Gives sessions back to their clients, whole or not at all. There from the start, for its
/// figures.
@Startup
@Singleton
public final class SessionRecovery implements Recovery {
  private static final Logger LOG = Logger.getLogger(SessionRecovery.class);
  private static final int PID_BYTES = 18;
  private static final int LONGEST = 512;
  private static final String RECOVERIES = "chatterbox.gateway.recoveries";

  private final Sessions sessions;
  private final Tokens tokens;
  private final Revocations revocations;
  private final Json json;
  private final Clock clock;
  private final Counter recovered;
  private final Counter refused;
  private final SecureRandom random = new SecureRandom();

  @Inject
  SessionRecovery(
      Sessions sessions,
      Tokens tokens,
      Revocations revocations,
      Json json,
      Clock clock,
      MeterRegistry meters) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.revocations = revocations;
    this.json = json;
    this.clock = clock;
    this.recovered = meters.counter(RECOVERIES, "outcome", "recovered");
    this.refused = meters.counter(RECOVERIES, "outcome", "refused");
  }

  @Override
  public String newPid() {
    byte[] bytes = new byte[PID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void keep(Socket socket, String pid, CloseReason reason) {
    Optional<Comeback> comeback =
        socket.data() instanceof Recovered recovered
            ? Optional.of(recovered.comeback())
            : Optional.empty();
    sessions.cut(pid, comeback);
  }

  /// The token is looked at first: who has not brought the user's must not even use the session up.
  @Override
  public void restore(
      String namespace,
      Handshake handshake,
      String pid,
      String offset,
      Consumer<Optional<Restored>> then) {
    Consumer<Optional<Restored>> answer =
        restored -> {
          (restored.isPresent() ? recovered : refused).increment();
          then.accept(restored);
        };
    if (pid.length() > LONGEST || offset.length() > LONGEST || !revocations.isWhole()) {
      answer.accept(Optional.empty());
      return;
    }
    good(handshake)
        .onComplete(token ->
            sessions.take(
                new Stays.Claim(pid, offset, token.succeeded() ? token.result().userId() : null),
                found -> restore(found, Optional.ofNullable(token.result()), answer)));
  }

  /// The handshake's token, if it is good.
  private Future<Token> good(Handshake handshake) {
    try {
      String text = json.read(RawJson.of(handshake.auth()), GatewayEvent.Auth.class).token();
      if (text == null || text.isEmpty()) {
        return Future.failedFuture("there is none");
      }
      return tokens
          .check(text)
          .compose(token ->
              revocations.isRevoked(token)
                  ? Future.failedFuture(Revocations.revoked())
                  : Future.succeededFuture(token));
    } catch (Refusal malformed) {
      return Future.failedFuture(malformed);
    }
  }

  private void restore(
      Optional<Session> found, Optional<Token> brought, Consumer<Optional<Restored>> answer) {
    Optional<Token> late = found.flatMap(this::late);
    // whichever lasts longer: he may have renewed it since the handshake
    Optional<Token> token =
        Stream.concat(brought.stream(), late.stream()).max(Comparator.comparing(Token::expiresAt));
    if (found.isEmpty() || token.isEmpty()) {
      answer.accept(Optional.empty());
      return;
    }
    boolean isLate = token.equals(late);
    sessions.gather(
        found.get(),
        comeback -> answer.accept(comeback.map(one -> restored(one, token.get(), isLate))));
  }

  /// A good token that came by `auth`.
  private Optional<Token> late(Session session) {
    Session.Late late = session.late();
    return late == null
        ? Optional.empty()
        : Optional.of(
                new Token(
                    session.person().userId(),
                    session.person().username(),
                    late.sessionId(),
                    late.expiresAt()))
            .filter(token -> token.expiresAt().isAfter(clock.instant()))
            .filter(token -> !revocations.isRevoked(token));
  }

  private static Restored restored(Comeback comeback, Token token, boolean isLate) {
    Session session = comeback.session();
    LOG.debugf("event=session-recovered socket=%s", session.id());
    return new Restored(
        session.id(),
        session.pid(),
        Set.of(),
        new Recovered(comeback, token, isLate, comeback.joined()),
        comeback.takeMissed(),
        true);
  }
}

package io.chatterbox.gateway.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Revocation;
import io.chatterbox.gateway.AuthPart;
import io.chatterbox.gateway.Loopback;
import io.chatterbox.gateway.Surroundings;
import io.chatterbox.gateway.TestTokens.Subject;
import io.chatterbox.gateway.Wire;
import io.chatterbox.socketio.SocketIoOptions;
import io.chatterbox.socketio.vertx.Cors;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Sockets of sessions that come back: their clients take themselves for signed in.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class RestoredAuthorityIT {
  private final Token token =
      new Token(
          Subject.fresh().userId(),
          "ann",
          Subject.fresh().sessionId(),
          Instant.now().plusSeconds(900));

  @Inject AuthPart auth;
  @Inject Revocations revocations;
  @Inject AuthorityTools tools;
  @Inject Vertx vertx;

  @SuppressWarnings("NullAway.Init") // set before each test
  private HttpServer http;

  private static final class Quiet implements Authority.Holder {
    @Override
    public void signedIn(Caller caller, Consumer<String> ready) {
      ready.accept("1");
    }

    @Override
    public void renewed(Caller caller) {}

    @Override
    public void late(Token token) {}
  }

  @BeforeEach
  void aServerThatRestoresEverybody() {
    SocketIoServer server =
        new SocketIoServer(vertx, SocketIoOptions.defaults(), new Cors(Set.of(), false, true));
    server
        .of("/")
        .onConnection(socket -> {
          Authority authority = new Authority(socket, tools, new Quiet());
          socket.onDisconnect(_ -> authority.end());
          authority.begin(token, false);
        });
    http = Loopback.serve(vertx, server);
    auth.restore();
    Wire.await(revocations::isWhole);
  }

  @AfterEach
  void close() {
    http.close().toCompletionStage().toCompletableFuture().join();
  }

  private Wire open() throws Exception {
    return Wire.open(URI.create("http://127.0.0.1:" + http.actualPort()), "10.0.0.1");
  }

  @Test
  void isCutToComeAgainWhenItsTokenCannotBeChecked() throws Exception {
    auth.empty();
    Wire.await(() -> !revocations.isWhole());
    try (Wire socket = open()) {
      socket.ended();
      // neither told nor disconnected: both would keep a stock client from coming again
      assertThat(socket.frames())
          .noneMatch(frame -> frame.contains("unauthorized") || frame.equals("41"));
    }
    auth.restore();
    Wire.await(revocations::isWhole);
    try (Wire socket = open()) {
      socket.heard("\"authenticated\"");
    }
  }

  @Test
  void isToldWhenItsTokenWasRevoked() throws Exception {
    auth.revoke(Revocation.ofSession(token.sessionId()));
    Wire.await(() -> revocations.isRevoked(token));
    try (Wire socket = open()) {
      assertThat(socket.heard("\"unauthorized\"")).contains("UNAUTHORIZED");
      socket.ended();
    }
  }
}

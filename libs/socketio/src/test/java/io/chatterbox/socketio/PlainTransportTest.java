package io.chatterbox.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.CloseReason;
import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.engineio.EngineOptions;
import io.chatterbox.engineio.Headers;
import io.chatterbox.engineio.Opening;
import io.chatterbox.engineio.Session;
import io.chatterbox.engineio.Turns;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A plain session over a wire that takes what it is told to take.
class PlainTransportTest {
  private static final int BOUND = 200_000;
  private static final EngineOptions ENGINE =
      EngineOptions.defaults()
          .with(new EngineOptions.Limits(1_000_000, BOUND, Duration.ofSeconds(10)));

  private final SocketIo io = new SocketIo(SocketIoOptions.defaults().with(ENGINE));
  private final Turns loop = new Turns();
  private final HandWire wire = new HandWire();
  private final PlainTransport transport = new PlainTransport(wire, loop);
  private final List<Socket> sockets = new ArrayList<>();
  private final List<CloseReason> ends = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private Session session;

  @BeforeEach
  void open() {
    io.of("/")
        .onConnection(socket -> {
          sockets.add(socket);
          socket.onEvent(event -> event.ack().ifPresent(ack -> ack.send(json("{\"ok\":true}"))));
          socket.onError(refused::add);
          socket.onDisconnect(ends::add);
        });
    ConnectRequest request = new ConnectRequest(Headers.empty(), Headers.empty(), "", false, 0);
    session =
        new Session(
            new Opening("sid", 4, request),
            ENGINE,
            loop,
            transport,
            opened -> io.acceptPlain(opened, json("{\"token\":\"t\"}")));
    transport.bind(session);
    session.open(false);
    loop.endTurn();
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }

  private Socket socket() {
    return sockets.getFirst();
  }

  @Test
  void isASocketLikeAllOthers() {
    assertThat(socket().transport()).isEqualTo("plain");
    assertThat(socket().handshake().auth()).isEqualTo(json("{\"token\":\"t\"}"));
    assertThat(wire.texts).isEmpty();
    socket().join("room");
    io.of("/").to("room").emit("news", json("{\"n\":1}"));
    loop.endTurn();
    assertThat(wire.texts).containsExactly("{\"event\":\"news\",\"data\":{\"n\":1}}");
  }

  @Test
  void eventsAreAnsweredAndWhatIsNoneIsTold() {
    transport.text(json("{\"event\":\"a\",\"id\":7}"));
    transport.text(json("{"));
    transport.binary();
    loop.endTurn();
    assertThat(wire.texts).containsExactly("{\"reply\":7,\"ok\":true}");
    assertThat(refused).hasSize(2);
    assertThat(ends).isEmpty();
  }

  @Test
  void givesTheWireAsMuchAsItTakesAndKeepsTheOrder() {
    String large = "\"" + "x".repeat(20_000) + "\"";
    for (int i = 0; i < 8; i++) {
      socket().emit("e" + i, json(large));
      loop.endTurn();
    }
    assertThat(wire.texts).hasSize(4);
    assertThat(socket().queuedBytes()).isGreaterThan(60_000);
    while (!wire.waiting.isEmpty()) {
      wire.leave();
      loop.endTurn();
    }
    assertThat(wire.texts).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(wire.texts.get(i)).startsWith("{\"event\":\"e" + i + "\"");
    }
    assertThat(socket().queuedBytes()).isZero();
  }

  @Test
  void whoDoesNotReadIsClosedWithAReasonAndLosesNoMessageSilently() {
    String large = "\"" + "x".repeat(20_000) + "\"";
    for (int i = 0; ends.isEmpty() && i < 100; i++) {
      socket().emit("e", json(large));
      loop.endTurn();
    }
    assertThat(ends).containsExactly(CloseReason.SLOW_CONSUMER);
    assertThat(wire.closes).containsExactly(4008);
    loop.pass(2_000);
    assertThat(wire.isCut).isTrue();
  }

  @Test
  void statesAreDroppedBeforeMessagesAre() {
    String large = "\"" + "x".repeat(20_000) + "\"";
    for (int i = 0; i < 4; i++) {
      socket().emit("m", json(large));
      loop.endTurn();
    }
    for (int i = 0; i < 100; i++) {
      Delivery state = new Delivery.State("typing" + i % 20);
      socket().emit("typing", Arguments.of(json(large)), state);
      loop.endTurn();
    }
    for (int i = 0; i < 8; i++) {
      socket().emit("m", json(large));
      loop.endTurn();
    }
    assertThat(ends).isEmpty();
    while (!wire.waiting.isEmpty()) {
      wire.leave();
      loop.endTurn();
    }
    assertThat(wire.texts.stream().filter(text -> text.startsWith("{\"event\":\"m\""))).hasSize(12);
  }

  @Test
  void onlyAPongToTheLastPingSaysThatThePeerReads() {
    loop.pass(25_000);
    assertThat(wire.pings).hasSize(1);
    transport.pong(new byte[0]);
    transport.pong(new byte[8]);
    loop.pass(20_000);
    assertThat(ends).containsExactly(CloseReason.PING_TIMEOUT);
    assertThat(wire.closes).containsExactly(4408);
  }

  @Test
  void whoAnswersPingsStays() {
    for (int i = 0; i < 5; i++) {
      loop.pass(25_000);
      transport.pong(wire.pings.getLast());
    }
    assertThat(wire.pings).hasSize(5);
    assertThat(ends).isEmpty();
  }

  @Test
  void aSocketThatIsEndedIsToldWhatWasEmittedBefore() {
    socket().emit("unauthorized", json("{}"));
    socket().disconnect();
    loop.endTurn();
    assertThat(wire.texts).containsExactly("{\"event\":\"unauthorized\",\"data\":{}}");
    assertThat(wire.closes).containsExactly(4401);
    transport.text(json("{\"event\":\"a\",\"id\":7}"));
    loop.endTurn();
    assertThat(wire.texts).hasSize(1);
    transport.closed();
    assertThat(ends).containsExactly(CloseReason.SERVER_NAMESPACE_DISCONNECT);
    assertThat(io.size()).isZero();
  }

  @Test
  void aServerThatStopsSaysSoAfterWhatWaits() {
    String large = "\"" + "x".repeat(50_000) + "\"";
    for (int i = 0; i < 3; i++) {
      socket().emit("e", json(large));
      loop.endTurn();
    }
    session.close(CloseReason.SERVER_SHUTTING_DOWN);
    assertThat(wire.closes).isEmpty();
    wire.leave();
    wire.leave();
    assertThat(wire.texts).hasSize(3);
    assertThat(wire.closes).containsExactly(1012);
    transport.closed();
    loop.pass(10_000);
    assertThat(wire.isCut).isFalse();
  }

  @Test
  void whoSendsFasterThanHisEventsAreTakenIsNotRead() {
    List<Runnable> held = new ArrayList<>();
    socket().use((_, next) -> held.add(next::proceed));
    for (int i = 0; i < 10; i++) {
      transport.text(
          json("{\"event\":\"a\",\"id\":" + i + ",\"data\":\"" + "x".repeat(10_000) + "\"}"));
    }
    assertThat(wire.isRead).isFalse();
    while (!held.isEmpty()) {
      held.removeFirst().run();
    }
    loop.endTurn();
    assertThat(wire.isRead).isTrue();
    assertThat(wire.texts).hasSize(10);
  }

  @Test
  void aWriteThatFailsEndsIt() {
    socket().emit("e", json("{}"));
    loop.endTurn();
    wire.fail();
    assertThat(ends).containsExactly(CloseReason.TRANSPORT_ERROR);
  }

  private static final class HandWire implements PlainWire {
    private final List<String> texts = new ArrayList<>();
    private final Queue<Consumer<Boolean>> waiting = new ArrayDeque<>();
    private final List<byte[]> pings = new ArrayList<>();
    private final List<Integer> closes = new ArrayList<>();
    private boolean isCut;
    private boolean isRead = true;

    void leave() {
      waiting.remove().accept(true);
    }

    void fail() {
      waiting.remove().accept(false);
    }

    @Override
    public void text(String message, Consumer<Boolean> written) {
      texts.add(message);
      waiting.add(written);
    }

    @Override
    public void ping(byte[] payload) {
      pings.add(payload);
    }

    @Override
    public void close(int code, String reason) {
      closes.add(code);
    }

    @Override
    public void reading(boolean on) {
      isRead = on;
    }

    @Override
    public void cut() {
      isCut = true;
    }
  }
}

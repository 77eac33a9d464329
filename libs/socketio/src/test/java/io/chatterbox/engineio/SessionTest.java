package io.chatterbox.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A session without any I/O.
class SessionTest {
  private static final EngineOptions OPTIONS = EngineOptions.defaults();
  private static final int BOUND = OPTIONS.limits().maxQueuedBytes();

  private final Turns loop = new Turns();
  private final Wire wire = new Wire();
  private final List<String> heard = new ArrayList<>();
  private final Session session =
      new Session(
          new Opening("sid", 4, new ConnectRequest(Headers.empty(), Headers.empty(), "", false, 0)),
          OPTIONS,
          loop,
          wire,
          s -> new Listener());

  @BeforeEach
  void open() {
    session.open(false);
    loop.endTurn();
    wire.sent.clear();
    wire.flushes = 0;
  }

  private static Frame frame(String text) {
    return Frame.of(text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  private void receive(String packet) {
    byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
    session.receive(wire, bytes, 0, bytes.length);
  }

  @Test
  void whatOneTurnSendsLeavesInOneFlush() {
    session.send(frame("4a"));
    session.send(frame("4b"));
    session.send(frame("4c"));
    assertThat(wire.flushes).isZero();
    loop.endTurn();
    assertThat(wire.flushes).isEqualTo(1);
    assertThat(wire.sent).containsExactly("4a", "4b", "4c");
  }

  @Test
  void whoRefusesTrailersIsSentFramesWithoutThem() {
    Frame numbered = Frame.withTrailer("42[1,2]".getBytes(StandardCharsets.UTF_8), List.of(), 4);
    session.send(numbered);
    loop.endTurn();
    session.refuseTrailers();
    session.send(numbered);
    session.send(frame("4a"));
    loop.endTurn();
    assertThat(wire.sent).containsSubsequence("42[1,2]", "42[1]", "4a");
  }

  @Test
  void aTurnThatProducesMuchIsWrittenInParts() {
    for (int i = 0; i < 100; i++) {
      session.send(frame("4" + "x".repeat(BOUND / 10)));
    }
    loop.endTurn();
    assertThat(session.isClosed()).isFalse();
    assertThat(wire.sent).hasSize(100);
  }

  @Test
  void messagesThatWaitAboveTheBoundEndTheSession() {
    wire.takes = false;
    for (int i = 0; i < 20; i++) {
      session.send(frame("4" + "x".repeat(BOUND / 10)));
      loop.endTurn();
      assertThat(session.queuedBytes()).isLessThanOrEqualTo(BOUND);
    }
    assertThat(heard).containsExactly("closed SLOW_CONSUMER");
  }

  @Test
  void statesThatWaitAboveTheBoundAreDropped() {
    wire.takes = false;
    for (int i = 0; i < 1000; i++) {
      session.send(frame("4" + "x".repeat(BOUND / 10)), new Delivery.State(i), this);
      loop.endTurn();
    }
    assertThat(session.isClosed()).isFalse();
    assertThat(session.queuedBytes()).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void whatWaitedLeavesWhenThePeerReadsAgain() {
    wire.takes = false;
    session.send(frame("4a"));
    loop.endTurn();
    assertThat(session.isWritable()).isFalse();
    session.send(frame("4lost"), Delivery.VOLATILE, this);
    session.send(frame("4b"));
    wire.takes = true;
    session.writable(wire);
    assertThat(wire.sent).containsExactly("4a", "4b");
    assertThat(heard).containsExactly("drained");
  }

  @Test
  void theServerPingsAfterTheInterval() {
    loop.pass(24_999);
    assertThat(wire.sent).isEmpty();
    loop.pass(1);
    assertThat(wire.sent).containsExactly("2");
  }

  @Test
  void whoeverAnswersPingsStays() {
    for (int i = 0; i < 10; i++) {
      loop.pass(25_000);
      receive("3");
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void otherTrafficIsASignOfLifeForOnePingOnly() {
    loop.pass(25_000);
    receive("4instead of a pong");
    loop.pass(20_000);
    receive("4again");
    loop.pass(19_999);
    assertThat(heard).doesNotContain("closed PING_TIMEOUT");
    loop.pass(1);
    assertThat(heard).contains("closed PING_TIMEOUT");
  }

  @Test
  void aPeerThatIsNotReadIsNotGone() {
    session.reading(false);
    loop.pass(120_000);
    assertThat(heard).isEmpty();
    session.reading(true);
    loop.pass(20_000);
    assertThat(heard).containsExactly("closed PING_TIMEOUT");
  }

  @Test
  void anOverflowEndsTheSessionWhenTheTurnEndsAndTakesNothingMore() {
    wire.takes = false;
    loop.endTurn();
    session.send(frame("4" + "x".repeat(BOUND - 100)));
    loop.endTurn();
    session.send(frame("4" + "y".repeat(BOUND)));
    session.send(frame("4small"));
    assertThat(heard).isEmpty();
    assertThat(session.isClosed()).isFalse();
    loop.endTurn();
    assertThat(heard).containsExactly("closed SLOW_CONSUMER");
  }

  @Test
  void whoeverDoesNotAnswerAPingIsGoneAfterTheTimeout() {
    loop.pass(44_999);
    assertThat(heard).isEmpty();
    loop.pass(1);
    assertThat(heard).containsExactly("closed PING_TIMEOUT");
  }

  @Test
  void messagesAreHandedOnAndOtherPacketsAreNot() {
    receive("4hello");
    receive("6");
    session.receiveBinary(wire, new byte[] {1, 2});
    assertThat(heard).containsExactly("text hello", "binary 2");
  }

  @Test
  void aMalformedPacketEndsTheSession() {
    receive("x");
    assertThat(heard).containsExactly("closed PARSE_ERROR");
    receive("4late");
    assertThat(heard).hasSize(1);
  }

  @Test
  void aClosePacketEndsTheSession() {
    receive("1");
    assertThat(heard).containsExactly("closed TRANSPORT_CLOSE");
  }

  /// Takes frames while it may.
  private static final class Wire implements Transport {
    private final List<String> sent = new ArrayList<>();
    private int flushes;
    private boolean takes = true;

    @Override
    public String name() {
      return "wire";
    }

    @Override
    public boolean isWritable() {
      return takes;
    }

    @Override
    public void flush(Outbox outbox) {
      flushes++;
      if (takes) {
        outbox.drain().forEach(f -> sent.add(new String(f.text(), StandardCharsets.UTF_8)));
      }
    }

    @Override
    public void close(Outbox outbox, CloseReason reason) {
      outbox.drain();
    }

    @Override
    public void reading(boolean on) {}
  }

  private final class Listener implements SessionHandler {
    @Override
    public void onOpen() {}

    @Override
    public void onText(byte[] bytes, int from, int to) {
      heard.add("text " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public void onBinary(byte[] bytes) {
      heard.add("binary " + bytes.length);
    }

    @Override
    public void onDrain() {
      heard.add("drained");
    }

    @Override
    public void onClose(CloseReason reason) {
      heard.add("closed " + reason);
    }
  }
}

package io.chatterbox.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What waits for a peer that reads slowly.
class OutboxTest {
  private static final Object OWNER = "socket";
  private static final int ENTRY = 32;

  private static Frame frame(String text) {
    return Frame.of(text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  private static List<String> drained(Outbox outbox) {
    return outbox.drain().stream().map(OutboxTest::text).toList();
  }

  private static String text(Frame frame) {
    return new String(frame.text(), StandardCharsets.UTF_8);
  }

  @Test
  void messagesKeepTheirOrderAndAreNeverDropped() {
    Outbox outbox = new Outbox(1000);
    for (String text : List.of("a", "b", "c")) {
      assertThat(outbox.add(frame(text), Delivery.MESSAGE, OWNER)).isTrue();
    }
    assertThat(drained(outbox)).containsExactly("a", "b", "c");
  }

  @Test
  void messagesAboveTheBoundAreRefused() {
    Outbox outbox = new Outbox(2 * (ENTRY + 10));
    assertThat(outbox.add(frame("0123456789"), Delivery.MESSAGE, OWNER)).isTrue();
    assertThat(outbox.add(frame("0123456789"), Delivery.MESSAGE, OWNER)).isTrue();
    assertThat(outbox.add(frame("x"), Delivery.MESSAGE, OWNER)).isFalse();
  }

  @Test
  void ofAStateOnlyTheLastValueWaits() {
    Outbox outbox = new Outbox(1000);
    outbox.add(frame("typing 1"), new Delivery.State("t"), OWNER);
    outbox.add(frame("message"), Delivery.MESSAGE, OWNER);
    outbox.add(frame("typing 2"), new Delivery.State("t"), OWNER);
    outbox.add(frame("other's"), new Delivery.State("t"), "another socket");
    assertThat(drained(outbox)).containsExactly("typing 2", "message", "other's");
  }

  @Test
  void statesMakeRoomForMessages() {
    Outbox outbox = new Outbox(2 * (ENTRY + 10));
    outbox.add(frame("0123456789"), new Delivery.State("t"), OWNER);
    outbox.add(frame("message-01"), Delivery.MESSAGE, OWNER);
    assertThat(outbox.add(frame("message-02"), Delivery.MESSAGE, OWNER)).isTrue();
    assertThat(drained(outbox)).containsExactly("message-01", "message-02");
  }

  @Test
  void statesThatFindNoRoomAreDropped() {
    Outbox outbox = new Outbox(ENTRY + 10);
    outbox.add(frame("0123456789"), Delivery.MESSAGE, OWNER);
    assertThat(outbox.add(frame("state"), new Delivery.State("t"), OWNER)).isTrue();
    assertThat(drained(outbox)).containsExactly("0123456789");
  }

  @Test
  void partsOfAStreamAreMergedInPlace() {
    Outbox outbox = new Outbox(1000);
    Delivery stream = new Delivery.Stream("s", (a, b) -> frame(text(a) + text(b)));
    outbox.add(frame("a"), stream, OWNER);
    outbox.add(frame("message"), Delivery.MESSAGE, OWNER);
    outbox.add(frame("b"), stream, OWNER);
    assertThat(drained(outbox)).containsExactly("ab", "message");
    outbox.add(frame("c"), stream, OWNER);
    assertThat(drained(outbox)).containsExactly("c");
  }

  @Test
  void oneFrameAloneAlwaysFits() {
    Outbox outbox = new Outbox(10);
    assertThat(outbox.add(frame("x".repeat(1000)), Delivery.MESSAGE, OWNER)).isTrue();
  }

  @Test
  void whateverComesTheBoundHoldsAndTheBytesAddUp() {
    Fuzz.repeat(
        2000,
        random -> {
          int bound = 200 + random.nextInt(400);
          Outbox outbox = new Outbox(bound);
          Deque<String> messages = new ArrayDeque<>();
          for (int i = 0; i < 60; i++) {
            String text = i + ":" + "x".repeat(random.nextInt(60));
            boolean added;
            switch (random.nextInt(4)) {
              case 0 -> {
                added = outbox.add(frame(text), Delivery.MESSAGE, OWNER);
                if (added) {
                  messages.add(text);
                }
              }
              case 1 -> outbox.add(frame(text), new Delivery.State(random.nextInt(3)), OWNER);
              case 2 -> outbox.add(frame(text), Delivery.VOLATILE, OWNER);
              default -> {
                Frame next = outbox.poll();
                if (next != null && text(next).equals(messages.peek())) {
                  messages.remove();
                }
              }
            }
            assertThat(outbox.bytes()).isLessThanOrEqualTo(bound);
          }
          List<String> rest = new ArrayList<>(drained(outbox));
          rest.retainAll(messages);
          assertThat(rest).containsExactlyElementsOf(messages);
          assertThat(outbox.bytes()).isZero();
        });
  }
}

package io.chatterbox.gateway.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.chatterbox.bus.report.Spread;
import io.chatterbox.contract.Report;
import io.chatterbox.gateway.ops.Picture.Row;
import io.chatterbox.gateway.ops.Picture.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessesTest {
  private static final Instant AT = Instant.parse("2025-01-01T00:00:00Z");

  private final Processes processes = new Processes();

  @Test
  void figuresOfTwoGatewaysAreAddedAndCountsBecomeRates() {
    tell("gateway-1", "a", 1_000, Map.of("connections", 3.0, "events-in", 100.0));
    tell("gateway-2", "b", 1_000, Map.of("connections", 4.0, "events-in", 5_000.0));
    tell("gateway-1", "a", 3_000, Map.of("connections", 5.0, "events-in", 120.0));
    tell("gateway-2", "b", 3_000, Map.of("connections", 6.0, "events-in", 5_060.0));
    Picture picture = processes.picture(AT, 3_000);
    assertThat(picture.totals().connections()).isEqualTo(11);
    assertThat(picture.totals().events()).isEqualTo(40);
    assertThat(row(picture, "gateway-1").events()).isEqualTo(10);
    assertThat(row(picture, "gateway-2").events()).isEqualTo(30);
  }

  @Test
  void aRunThatBeginsAnewIsNoFallOfItsCounts() {
    tell("gateway-1", "a", 1_000, Map.of("events-in", 100.0));
    tell("gateway-1", "b", 2_000, Map.of("events-in", 7.0));
    assertThat(processes.picture(AT, 2_000).totals().events()).isZero();
    tell("gateway-1", "b", 3_000, Map.of("events-in", 9.0));
    assertThat(processes.picture(AT, 3_000).totals().events()).isEqualTo(2);
  }

  @Test
  void acknowledgementsAreThoseBetweenTheLastTwoReportsOfAllGateways() {
    Spread one = new Spread("acks");
    Spread other = new Spread("acks");
    one.record(Duration.ofSeconds(9));
    tell("gateway-1", "a", 1_000, one.figures());
    tell("gateway-2", "b", 1_000, other.figures());
    for (int i = 0; i < 97; i++) {
      one.record(Duration.ofMillis(3));
    }
    for (int i = 0; i < 3; i++) {
      other.record(Duration.ofMillis(300));
    }
    tell("gateway-1", "a", 2_000, one.figures());
    tell("gateway-2", "b", 2_000, other.figures());
    Picture.Totals totals = processes.picture(AT, 2_000).totals();
    assertThat(totals.ackP50()).isCloseTo(3, withPercentage(19));
    assertThat(totals.ackP99()).isCloseTo(300, withPercentage(19));
    tell("gateway-1", "a", 3_000, one.figures());
    tell("gateway-2", "b", 3_000, other.figures());
    assertThat(processes.picture(AT, 3_000).totals().ackP50()).isNull();
  }

  @Test
  void whoIsSilentForThreeSecondsIsDownAndCountsForNothing() {
    tell("gateway-1", "a", 1_000, Map.of("connections", 3.0));
    tell("gateway-2", "b", 2_000, Map.of("connections", 4.0));
    assertThat(row(processes.picture(AT, 3_999), "gateway-1").state()).isEqualTo(State.UP);
    Picture picture = processes.picture(AT, 4_000);
    assertThat(row(picture, "gateway-1").state()).isEqualTo(State.DOWN);
    assertThat(row(picture, "gateway-1").silentMillis()).isEqualTo(3_000);
    assertThat(picture.totals().connections()).isEqualTo(4);
    assertThat(processes.living("gateway", 4_000)).containsExactly("gateway-2");
    tell("gateway-1", "c", 9_000, Map.of("connections", 1.0));
    assertThat(row(processes.picture(AT, 9_000), "gateway-1").state()).isEqualTo(State.UP);
  }

  @Test
  void whoWasKilledBeforeAnybodyLookedIsDown() {
    processes.expect(List.of("chat/chat-1"), 1_000);
    assertThat(row(processes.picture(AT, 1_000), "chat-1").state()).isEqualTo(State.ASKED);
    assertThat(row(processes.picture(AT, 4_000), "chat-1").state()).isEqualTo(State.DOWN);
  }

  @Test
  void whoSaidGoodbyeAndIsSilentIsForgotten() {
    tell("gateway-1", "a", 1_000, Map.of());
    processes.expect(List.of(), 2_000);
    assertThat(processes.picture(AT, 2_000).processes()).hasSize(1);
    processes.expect(List.of(), 4_000);
    assertThat(processes.picture(AT, 4_000).processes()).isEmpty();
  }

  @Test
  void aFailingCheckIsNotReady() {
    processes.heard(report("chat-1", "a", List.of("mongo"), Map.of()), 1_000);
    Row row = row(processes.picture(AT, 1_000), "chat-1");
    assertThat(row.state()).isEqualTo(State.NOT_READY);
    assertThat(row.failing()).containsExactly("mongo");
  }

  private void tell(String name, String run, long at, Map<String, Double> figures) {
    processes.heard(report(name, run, List.of(), new HashMap<>(figures)), at);
  }

  private static Report report(
      String name, String run, List<String> failing, Map<String, Double> figures) {
    String service = name.substring(0, name.indexOf('-'));
    return new Report(name, run, service, "1", AT, failing, figures);
  }

  private static Row row(Picture picture, String name) {
    return picture.processes().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

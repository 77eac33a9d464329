package io.chatterbox.bus.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final String NAME = "acks";

  @Test
  void quantilesAreCloseToWhatWasMeasured() {
    Spread spread = new Spread(NAME);
    for (int millis = 1; millis <= 1_000; millis++) {
      spread.record(Duration.ofMillis(millis));
    }
    assertThat(Spread.quantile(NAME, spread.figures(), 0.5)).isCloseTo(500, withPercentage(10));
    assertThat(Spread.quantile(NAME, spread.figures(), 0.99)).isCloseTo(990, withPercentage(10));
  }

  @Test
  void nothingMeasuredIsNothing() {
    assertThat(new Spread(NAME).figures()).isEmpty();
    assertThat(Spread.quantile(NAME, Map.of(), 0.5)).isZero();
    assertThat(Spread.quantile(NAME, Map.of("other.3", 7.0), 0.5)).isZero();
  }

  @Test
  void theShortestAndTheLongestAreCounted() {
    Spread spread = new Spread(NAME);
    spread.record(Duration.ZERO);
    spread.record(Duration.ofDays(1));
    assertThat(spread.figures().values()).containsExactly(1.0, 1.0);
    assertThat(Spread.quantile(NAME, spread.figures(), 0.5)).isLessThanOrEqualTo(0.1);
    assertThat(Spread.quantile(NAME, spread.figures(), 1)).isGreaterThan(20_000);
  }

  @Test
  void countsOfTwoProcessesAreAdded() {
    Spread one = new Spread(NAME);
    Spread other = new Spread(NAME);
    for (int i = 0; i < 90; i++) {
      one.record(Duration.ofMillis(2));
    }
    for (int i = 0; i < 10; i++) {
      other.record(Duration.ofMillis(200));
    }
    Map<String, Double> sum = new HashMap<>(one.figures());
    other.figures().forEach((figure, count) -> sum.merge(figure, count, Double::sum));
    assertThat(Spread.quantile(NAME, sum, 0.5)).isCloseTo(2, withPercentage(19));
    assertThat(Spread.quantile(NAME, sum, 0.99)).isCloseTo(200, withPercentage(19));
  }
}

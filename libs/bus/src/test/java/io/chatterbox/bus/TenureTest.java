package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TenureTest {
  private static final Partition PARTITION = new Partition(Service.CHAT, 3);
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  @Test
  void beginsNothingOnALeaseThatMayHaveRunOut() {
    Tenure tenure = new Tenure(PARTITION, System.nanoTime(), null);
    assertThat(tenure.begin(1)).isEqualTo(Tenure.Start.LATER);
    tenure.renewed(System.nanoTime() + MINUTE);
    assertThat(tenure.begin(1)).isEqualTo(Tenure.Start.YES);
  }

  @Test
  void beginsNothingAfterItWasClosedAndIsIdleWhenWhatWasBegunIsFinished() {
    Tenure tenure = new Tenure(PARTITION, System.nanoTime() + MINUTE, null);
    assertThat(tenure.begin(3)).isEqualTo(Tenure.Start.YES);
    tenure.close();
    assertThat(tenure.begin(1)).isEqualTo(Tenure.Start.NEVER);
    tenure.finished(2);
    assertThat(tenure.isIdle()).isFalse();
    tenure.finished(1);
    assertThat(tenure.isIdle()).isTrue();
  }

  @Test
  void suspectsWhatTheOwnerBeforeHadBegunOnly() {
    Tenure tenure =
        new Tenure(
            PARTITION,
            System.nanoTime(),
            new Tenure.Suspects(StreamId.parse("9-5"), StreamId.parse("10-2")));
    assertThat(tenure.suspects(StreamId.parse("9-4"))).isFalse();
    assertThat(tenure.suspects(StreamId.parse("9-5"))).isTrue();
    assertThat(tenure.suspects(StreamId.parse("10-2"))).isTrue();
    assertThat(tenure.suspects(StreamId.parse("10-3"))).isFalse();
  }

  @Test
  void takesAnEntryInHandOnce() {
    Tenure tenure = new Tenure(PARTITION, System.nanoTime(), null);
    assertThat(tenure.hold(StreamId.parse("1-1"))).isTrue();
    assertThat(tenure.hold(StreamId.parse("1-1"))).isFalse();
    tenure.letGo(StreamId.parse("1-1"));
    assertThat(tenure.holdsNothing()).isTrue();
  }
}

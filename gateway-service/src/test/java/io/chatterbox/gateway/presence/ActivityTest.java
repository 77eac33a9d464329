package io.chatterbox.gateway.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.PresenceCommand.Active;
import io.chatterbox.contract.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ActivityTest {
  private static final int ANNS = Service.PRESENCE.partitionOf(Key.user("ann")).index();

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Activity activity = new Activity(nanos::get);

  @Test
  void tellsEachUserOnceWithTheAgeOfHisLastSign() {
    activity.of("ann", "first");
    nanos.addAndGet(3_000_000_000L);
    activity.of("ann", "second");
    nanos.addAndGet(7_000_000_000L);
    assertThat(activity.take(ANNS)).containsExactly(new Active("ann", "second", 7_000));
    assertThat(activity.take(ANNS)).isEmpty();
  }

  @Test
  void keepsPartitionsApart() {
    activity.of("ann", "socket");
    assertThat(activity.take((ANNS + 1) % Service.PARTITIONS)).isEmpty();
    assertThat(activity.take(ANNS)).hasSize(1);
  }

  @Test
  void wakesWhoIsAwayWithTheFirstSignOnly() {
    List<Active> woken = new ArrayList<>();
    activity.onWake(woken::add);
    activity.of("ann", "socket");
    activity.asleep("ann", true);
    activity.of("ann", "socket");
    activity.of("ann", "socket");
    assertThat(woken).containsExactly(new Active("ann", "socket", 0));
  }
}

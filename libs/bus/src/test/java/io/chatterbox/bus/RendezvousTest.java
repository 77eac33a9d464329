package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.contract.Partition;
import io.chatterbox.contract.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendezvousTest {
  private static final List<String> FOUR = List.of("chat-0", "chat-1", "chat-2", "chat-3");

  @Test
  void namesTheSameOwnerInWhateverOrderTheReplicasAreKnown() {
    for (Partition partition : partitions()) {
      assertThat(Rendezvous.owner(partition, FOUR.reversed()))
          .isEqualTo(Rendezvous.owner(partition, FOUR));
    }
  }

  @Test
  void movesOnlyThePartitionsOfTheReplicaThatGoes() {
    List<String> without = List.of("chat-0", "chat-1", "chat-3");
    for (Partition partition : partitions()) {
      String before = Rendezvous.owner(partition, FOUR);
      if (!before.equals("chat-2")) {
        assertThat(Rendezvous.owner(partition, without)).isEqualTo(before);
      }
    }
  }

  @Test
  void givesEveryReplicaItsShare() {
    Map<String, Integer> shares = new HashMap<>();
    for (Partition partition : partitions()) {
      shares.merge(Rendezvous.owner(partition, FOUR), 1, Integer::sum);
    }
    // 96 partitions over 4 replicas
    assertThat(shares).hasSize(4);
    assertThat(shares.values()).allMatch(share -> share >= 12 && share <= 40);
  }

  @Test
  void spreadsTheServicesOfOneReplicaIndependently() {
    List<String> two = List.of("a", "b");
    List<Boolean> same = new ArrayList<>();
    for (int i = 0; i < Service.PARTITIONS; i++) {
      same.add(
          Rendezvous.owner(new Partition(Service.CHAT, i), two)
              .equals(Rendezvous.owner(new Partition(Service.AI, i), two)));
    }
    assertThat(same).contains(true, false);
  }

  @Test
  void refusesToChooseFromNobody() {
    assertThatThrownBy(() -> Rendezvous.owner(new Partition(Service.CHAT, 0), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Partition> partitions() {
    List<Partition> all = new ArrayList<>();
    for (Service service : Service.values()) {
      for (int i = 0; i < Service.PARTITIONS; i++) {
        all.add(new Partition(service, i));
      }
    }
    return all;
  }
}

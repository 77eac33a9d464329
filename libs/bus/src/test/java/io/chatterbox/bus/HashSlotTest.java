package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.contract.Key;
import io.chatterbox.contract.Partition;
import io.chatterbox.contract.RedisNames;
import io.chatterbox.contract.Service;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashSlotTest {

  /// As `CLUSTER KEYSLOT` of Redis 7 answers; the first is the specification's own example.
  @ParameterizedTest
  @CsvSource({
    "123456789, 12739",
    "foo, 12182",
    "bar, 5061",
    "{user1000}.following, 3443",
    "{user1000}.followers, 3443",
    "foo{bar}{zap}, 5061",
    "foo{}{bar}, 8363",
    "foo{{bar}}zap, 4015"
  })
  void isTheOneThatRedisSays(String key, int slot) {
    assertThat(HashSlot.of(key)).isEqualTo(slot);
  }

  @Test
  void isTheSameForAllThatBelongsToAPartition() {
    Partition partition = new Partition(Service.CHAT, 7);
    assertThat(
            IntStream.of(
                    HashSlot.of(partition.commands()),
                    HashSlot.of(partition.owner()),
                    HashSlot.of(partition.begun()),
                    HashSlot.of(partition.tries()),
                    HashSlot.of(partition.deadLetters()),
                    HashSlot.of(partition.beats()),
                    HashSlot.of(partition.channel(Key.conversation("c1"))),
                    HashSlot.of(partition.key("of what {ever}")))
                .distinct())
        .hasSize(1);
  }

  @Test
  void isTheSameForTheWholeListOfRevocations() {
    assertThat(
            IntStream.of(
                    HashSlot.of(RedisNames.revocationMarker()),
                    HashSlot.of(RedisNames.revocationRestorer()),
                    HashSlot.of(RedisNames.revocationVersion()),
                    HashSlot.of(RedisNames.revocationLooks()),
                    HashSlot.of(RedisNames.revocationLooked()),
                    HashSlot.of(RedisNames.revocations()),
                    HashSlot.of(RedisNames.revocationEnds()),
                    HashSlot.of(RedisNames.revocationNews()))
                .distinct())
        .hasSize(1);
  }
}

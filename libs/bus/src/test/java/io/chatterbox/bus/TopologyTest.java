package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.bus.Topology.Redirection;
import io.vertx.redis.client.impl.types.ErrorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
  private static final Address ASKED = new Address("10.0.0.1", 6379);

  @ParameterizedTest
  @CsvSource({
    "MOVED 3999 127.0.0.1:6381, true, 3999, 127.0.0.1, 6381",
    "ASK 12 redis-2.example.org:7000, false, 12, redis-2.example.org, 7000",
    "MOVED 3999 ::1:6381, true, 3999, ::1, 6381",
    // a node that does not know its own name
    "MOVED 3999 :6381, true, 3999, 10.0.0.1, 6381"
  })
  void readsWhereItIsSent(String refusal, boolean isMoved, int slot, String host, int port) {
    ErrorType error = ErrorType.create(refusal);
    assertThat(Redirection.isOne(error)).isTrue();
    assertThat(Redirection.of(error, ASKED))
        .isEqualTo(new Redirection(isMoved, slot, new Address(host, port)));
  }

  @ParameterizedTest
  @CsvSource({"ERR no such key", "CLUSTERDOWN Hash slot not served", "TRYAGAIN Multiple keys"})
  void isNotSentElsewhereByOtherRefusals(String refusal) {
    assertThat(Redirection.isOne(ErrorType.create(refusal))).isFalse();
  }
}

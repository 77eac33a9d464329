package io.chatterbox.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatterbox.contract.Service;
import io.chatterbox.testkit.StoreProcess;
import io.chatterbox.testkit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The bus on a Redis whose master sentinels name.
class SentinelIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Map<String, String> QUICK =
      Map.of("chatterbox.bus.request-timeout", "500ms", "chatterbox.bus.silence", "1s");

  private final Ledger ledger = new Ledger();
  private final AtomicInteger restored = new AtomicInteger();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private TestCluster sentinels;
  private TestNode gateway;
  private TestNode replica;

  @BeforeEach
  void start() {
    assumeTrue(TestCluster.isPossible(), "left out: there is no redis-server 7 on the PATH");
    sentinels = TestCluster.startSentinels();
    gateway = TestNode.on(sentinels, "gateway", QUICK);
    gateway.channels().onRestored(restored::incrementAndGet);
    replica = TestNode.on(sentinels, "replica", QUICK);
    replica.start(ledger.processor(Service.CHAT));
    await()
        .atMost(PATIENCE)
        .until(() -> replica.measured("chatterbox.bus.partitions") == Service.PARTITIONS);
  }

  @AfterEach
  void stop() {
    if (sentinels != null) {
      gateway.close();
      replica.close();
      sentinels.close();
    }
  }

  @Test
  void theReplicaTakesOverFromADeadMasterWhichComesBackAsItsReplica() {
    StoreProcess master = sentinels.members().getFirst();
    Load load = begin();
    master.kill();
    load.awaitMoreOfEach(5);
    await().until(() -> restored.get() > 0);
    awaitHeard("after");
    master.startAgain();
    await().atMost(PATIENCE).until(() -> sentinels.masters().size() == 1);
    load.awaitMoreOfEach(5);
    load.stopAndCompare(ledger);
    awaitHeard("at the end");
  }

  @Test
  void aMasterThatStoodStillIsNotListenedToAnyMore() {
    StoreProcess master = sentinels.members().getFirst();
    Load load = begin();
    master.pause();
    load.awaitMoreOfEach(5);
    awaitHeard("after");
    master.resume();
    load.awaitMoreOfEach(5);
    load.stopAndCompare(ledger);
    awaitHeard("at the end");
  }

  private Load begin() {
    gateway
        .channels()
        .subscribe("news", message -> heard.add(message.toString()))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    Load load = new Load(gateway.client(), 20);
    load.awaitMoreOfEach(5);
    assertThat(load.repeated()).isZero();
    return load;
  }

  private void awaitHeard(String news) {
    await()
        .atMost(PATIENCE)
        .until(() -> {
          gateway.requests().publish("news", news);
          return heard.contains(news);
        });
  }
}

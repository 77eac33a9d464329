package io.chatterbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chatterbox.stack.stores.RedisProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The suite on a Redis Cluster of three masters with a replica each: what a stock client sees, and
/// what is acknowledged, stored and heard while slots move and masters are replaced. By hand, and
/// for longer: `./chatterbox check --redis cluster`.
class ClusterIT {
  private static final Duration EACH = Duration.ofMinutes(1);

  /// How much later than promised an answer may be on a machine that does other things besides.
  private static final String SLACK_MILLIS = "18000";

  private static final Pattern LEAK = Pattern.compile("CROSSSLOT|(ERROR|WARN).*\\b(MOVED|ASK) ");
  private static final List<String> CORE =
      List.of(
          "complete-example.test.mjs",
          "messages.test.mjs",
          "rooms.test.mjs",
          "groups.test.mjs",
          "presence.test.mjs",
          "authority.test.mjs");
  private static final List<String> FAULTS =
      List.of(
          "a slot moves",
          "a redis master stands still until replaced and for 3 s",
          "a slot moves",
          "chat killed",
          "a redis master fails over",
          "redis killed",
          "gateway killed",
          "redis emptied");

  @TestFactory
  Stream<DynamicTest> everythingIsAsOnOneRedis() throws IOException, InterruptedException {
    assumeTrue(
        RedisProgram.find(System.getenv()).isPresent(),
        "left out: there is no redis-server 7 on the PATH");
    try (Running running = Running.onCluster()) {
      List<DynamicTest> all =
          new ArrayList<>(NodeTests.run("tests", CORE, EACH, running.environment()).toList());
      Map<String, String> environment = new HashMap<>(running.environment());
      environment.put("CHATTERBOX_SLACK", SLACK_MILLIS);
      all.add(Checks.once("check-cluster", FAULTS, running, environment));
      List<String> leaks = leaks(running);
      all.add(
          DynamicTest.dynamicTest(
              "no refusal of a cluster is told to anybody", () -> assertThat(leaks).isEmpty()));
      return all.stream();
    }
  }

  private static List<String> leaks(Running running) throws IOException {
    return running.logs().entrySet().stream()
        .filter(log -> !log.getKey().getFileName().toString().startsWith("redis"))
        .flatMap(log -> log.getValue().lines())
        .filter(line -> LEAK.matcher(line).find())
        .toList();
  }
}

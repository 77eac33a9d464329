package io.chatterbox.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Order, exactly-once and membership under attack, on two gateways and two chat-services: many
/// clients send, change and read at once while processes are killed at the worst moments, stand
/// still and forget, and then what was acknowledged, stored and heard is compared (`node/check`);
/// and what needs a plan (`node/attacks`). By hand, and for longer: `./chatterbox check`.
class ChatAttacksIT {
  private static final Duration EACH = Duration.ofMinutes(3);
  private static final String CYCLES = "200";
  private static final List<String> FAULTS =
      List.of(
          "chat stands still for 8 s",
          "chat killed when it had inserted",
          "chat killed when it had applied and redis emptied",
          "chat killed when it had published",
          "connections cut",
          "chat killed when it had replied and redis emptied",
          "a third of what is published is lost for 5 s",
          "gateway killed",
          "chat killed before deleting",
          "redis emptied and stands still for 6 s",
          "mongodb stopped for 5 s");

  @TestFactory
  Stream<DynamicTest> nothingAcknowledgedIsLostDoubledOrReordered()
      throws IOException, InterruptedException {
    try (Running running = Running.behindProxies()) {
      DynamicTest check = Checks.once("check", FAULTS, running, running.environment());
      Map<String, String> environment = new HashMap<>(running.environment());
      environment.put("CHATTERBOX_CYCLES", CYCLES);
      List<DynamicTest> all = new ArrayList<>();
      // one after the other: both kill what the other needs
      for (String attacks : List.of("chat.test.mjs", "recovery.test.mjs")) {
        all.addAll(NodeTests.run("attacks", List.of(attacks), EACH, environment).toList());
      }
      all.add(check);
      return all.stream();
    }
  }
}

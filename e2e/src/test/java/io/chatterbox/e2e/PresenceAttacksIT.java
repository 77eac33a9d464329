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

/// Presence while processes die or stand still and Redis pauses or forgets, and plain clients whose
/// gateway dies, from the tests under `node/attacks`.
class PresenceAttacksIT {
  private static final Duration EACH = Duration.ofMinutes(9);

  @TestFactory
  Stream<DynamicTest> whoIsThereIsKnownWhateverFails() throws IOException, InterruptedException {
    try (Running running = Running.toBeAttacked()) {
      Map<String, String> environment = new HashMap<>(running.environment());
      environment.put("CHATTERBOX_STATE", running.stateFile().toAbsolutePath().toString());
      environment.put("CHATTERBOX_CROWD", "180");
      List<DynamicTest> tests = new ArrayList<>();
      // one after the other: each kills what the next one needs
      for (String file : List.of("presence.test.mjs", "plain.test.mjs", "crowd.test.mjs")) {
        NodeTests.run("attacks", List.of(file), EACH, environment).forEach(tests::add);
      }
      return tests.stream();
    }
  }
}

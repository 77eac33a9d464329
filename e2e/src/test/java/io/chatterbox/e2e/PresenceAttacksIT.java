package io.chatterbox.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Presence while processes die or stand still and Redis pauses or forgets, from the tests under
/// `node/attacks`.
class PresenceAttacksIT {
  private static final Duration EACH = Duration.ofMinutes(9);

  @TestFactory
  Stream<DynamicTest> whoIsThereIsKnownWhateverFails() throws IOException, InterruptedException {
    try (Running running = Running.toBeAttacked()) {
      Map<String, String> environment = new HashMap<>(running.environment());
      environment.put("CHATTERBOX_STATE", running.stateFile().toAbsolutePath().toString());
      environment.put("CHATTERBOX_CROWD", "180");
      return Stream.concat(
          NodeTests.run("attacks", List.of("presence.test.mjs"), EACH, environment),
          NodeTests.run("attacks", List.of("crowd.test.mjs"), EACH, environment));
    }
  }
}

package io.chatterbox.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The assistant while ai-services die or stand still and Redis forgets, from the tests under
/// `node/attacks`.
@ExtendWith(Suite.class)
class AssistantAttacksIT {
  private static final Duration EACH = Duration.ofMinutes(3);

  @TestFactory
  Stream<DynamicTest> eachRunEndsOnceWhateverFails(Running running)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(running.environment());
    environment.put("CHATTERBOX_STATE", running.stateFile().toAbsolutePath().toString());
    return NodeTests.run("attacks", List.of("assistant.test.mjs"), EACH, environment);
  }
}

package io.chatterbox.e2e;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The smallest suite, with no assistant's provider configured.
class WithoutAssistantIT {

  @TestFactory
  Stream<DynamicTest> theOfficialClientIsToldThatThereIsNoAssistant() throws Exception {
    try (Running running = Running.ofOne()) {
      return NodeTests.run(List.of("assistant.test.mjs"), running.environment());
    }
  }
}

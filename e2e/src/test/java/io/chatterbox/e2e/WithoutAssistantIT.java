package io.chatterbox.e2e;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The smallest suite, with its limits, and with no assistant's provider configured.
class WithoutAssistantIT {
  private static final Duration EACH = Duration.ofMinutes(1);

  @TestFactory
  Stream<DynamicTest> theOfficialClientIsToldThatThereIsNoAssistantAndOfLimits() throws Exception {
    try (Running running = Running.ofOne()) {
      return Stream.concat(
          NodeTests.run(List.of("assistant.test.mjs"), running.environment()),
          NodeTests.run("attacks", List.of("limits.test.mjs"), EACH, running.environment()));
    }
  }
}

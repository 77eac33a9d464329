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

/// The samples of `docs/guides` as a reader runs them, from the tests under `node/guides`.
class GuidesIT {
  private static final Duration EACH = Duration.ofMinutes(5);

  /// One after the other, since the last kills gateways.
  private static final List<String> FILES =
      List.of("snippets.test.mjs", "react.test.mjs", "talk.test.mjs");

  @TestFactory
  Stream<DynamicTest> theSamplesOfTheGuidesWork() throws IOException, InterruptedException {
    try (Running running = Running.ofShortTokens()) {
      Map<String, String> environment = new HashMap<>(running.environment());
      environment.put("CHATTERBOX_JAVA", System.getProperty("java.home") + "/bin/java");
      environment.put("CHATTERBOX_CLASSPATH", classpath());
      List<DynamicTest> all = new ArrayList<>();
      for (String file : FILES) {
        NodeTests.run("guides", List.of(file), EACH, environment).forEach(all::add);
      }
      return all.stream();
    }
  }

  /// Also where the class path of this JVM is one jar that names the others.
  private static String classpath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }
}

package io.chatterbox.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The web client in a real browser, from the tests under `node/browser`. Without a Chromium they
/// are left out, and say how to install one.
@ExtendWith(Suite.class)
class BrowserIT {
  /// Node counts a whole file, too.
  private static final Duration EACH = Duration.ofMinutes(4);

  private static final List<String> FILES =
      List.of(
          "talk.test.mjs", "people.test.mjs", "docs.test.mjs", "ops.test.mjs", "outage.test.mjs");

  @TestFactory
  Stream<DynamicTest> peopleUseTheWebClient(Running running)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(running.environment());
    environment.put("CHATTERBOX_STATE", running.stateFile().toAbsolutePath().toString());
    // one file after the other: the later ones kill a gateway
    List<Stream<DynamicTest>> files = new ArrayList<>();
    for (String file : FILES) {
      files.add(NodeTests.run("browser", List.of(file), EACH, environment));
    }
    return files.stream().flatMap(Function.identity());
  }
}

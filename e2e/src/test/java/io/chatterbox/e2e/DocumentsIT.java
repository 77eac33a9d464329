package io.chatterbox.e2e;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What client authors are given, from the tests under `node/documents`. That it is true is shown
/// by all other tests in `node`, which hold what is sent against it.
class DocumentsIT {
  private static final Duration EACH = Duration.ofMinutes(2);

  @TestFactory
  Stream<DynamicTest> theDocumentsAreValid() throws IOException, InterruptedException {
    return NodeTests.run("documents", List.of("valid.test.mjs"), EACH, Map.of());
  }
}

package io.chatterbox.e2e;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the official Socket.IO client sees, from the tests under `node/tests`.
@ExtendWith(Suite.class)
class StockClientIT {

  @TestFactory
  Stream<DynamicTest> theOfficialClientSeesThePublicContract(Running running)
      throws IOException, InterruptedException {
    return NodeTests.run(NodeTests.files(), running.environment());
  }
}

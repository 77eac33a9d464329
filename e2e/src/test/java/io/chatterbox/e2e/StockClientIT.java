package io.chatterbox.e2e;

import io.chatterbox.e2e.Suite.Running;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
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
    String gateways =
        running.gateways().stream().map(URI::toString).collect(Collectors.joining(","));
    return NodeTests.run(
        NodeTests.files(), Map.of("CHATTERBOX_GATEWAYS", gateways, "CHATTERBOX_AI", "disabled"));
  }
}

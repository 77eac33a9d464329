package io.chatterbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many clients send at once while processes are killed, stand still and forget; then what was
/// acknowledged, stored and heard is compared. By hand, and for longer: `./chatterbox check`.
@ExtendWith(Suite.class)
class CheckIT {
  private static final String FAULTS =
      String.join(
          ",",
          "chat killed",
          "redis emptied",
          "connections cut",
          "gateway killed",
          "chat stands still for 8 s",
          "redis killed");

  @Test
  void nothingAcknowledgedIsLostDoubledOrReorderedWhileThingsFail(Running running)
      throws Exception {
    Path log = Path.of("target", "check.log");
    Files.deleteIfExists(log);
    int code =
        Node.run(
            List.of(
                "node",
                "check/check.mjs",
                "--seconds=30",
                "--people=10",
                "--rate=3",
                "--faults=" + FAULTS,
                "--state=" + running.stateFile().toAbsolutePath()),
            running.environment(),
            log);
    assertThat(code).withFailMessage(() -> read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}

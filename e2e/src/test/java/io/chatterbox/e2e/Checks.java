package io.chatterbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;

/// Runs programs under `node/check`, each told as a test whose failure says what the program said.
final class Checks {
  private Checks() {}

  /// The checker, with ten people and each of these faults once.
  ///
  /// @param name of the log
  static DynamicTest once(
      String name, List<String> faults, Running running, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run(
        name,
        "check",
        List.of(
            "--once",
            "--people=10",
            "--rate=3",
            "--faults=" + String.join(",", faults),
            "--state=" + running.stateFile().toAbsolutePath()),
        environment);
  }

  /// A program, run to its end.
  ///
  /// @param name of the log
  static DynamicTest run(
      String name, String program, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = Path.of("target", name + ".log");
    Files.deleteIfExists(log);
    List<String> command = new ArrayList<>(List.of("node", "check/" + program + ".mjs"));
    command.addAll(options);
    int code = Node.run(command, environment, log);
    return DynamicTest.dynamicTest(
        program, () -> assertThat(code).withFailMessage(() -> read(log)).isZero());
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.chatterbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs in the folder `node`, with what they need from npm.
final class Node {
  static final Path FOLDER = Path.of("node");
  private static final Path INSTALLED = FOLDER.resolve("node_modules/.package-lock.json");
  private static final long MINUTES = 10;

  private Node() {}

  /// Runs a program and waits for its end.
  ///
  /// @param log where all that it says is added to
  /// @return its exit code
  static int run(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    install();
    return execute(command, environment, log);
  }

  /// Starts a program and lets it run.
  static Process start(List<String> command, Path log) throws IOException, InterruptedException {
    install();
    return builder(command, Map.of(), log).start();
  }

  private static void install() throws IOException, InterruptedException {
    Path lock = FOLDER.resolve("package-lock.json");
    boolean isFresh =
        Files.exists(INSTALLED)
            && Files.getLastModifiedTime(INSTALLED).compareTo(Files.getLastModifiedTime(lock)) >= 0;
    if (!isFresh) {
      List<String> command = List.of("npm", "ci", "--no-audit", "--no-fund");
      int code = execute(command, Map.of(), Path.of("target", "npm.log"));
      assertThat(code).as("exit code of npm ci").isZero();
    }
  }

  private static int execute(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    Process process = builder(command, environment, log).start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      fail("%s has not ended after %d minutes; see %s", command, MINUTES, log);
    }
    return process.exitValue();
  }

  private static ProcessBuilder builder(
      List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return builder;
  }
}

package io.chatterbox.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/// Runs tests written for node's own test runner, and tells each as a test of this build.
final class NodeTests {
  private NodeTests() {}

  /// One test of a file under `node/tests`.
  ///
  /// @param outcome `pass`, `fail` or `skip`
  /// @param detail why it failed, or why it was skipped
  private record Result(String outcome, String file, String name, String detail) {

    static Result read(String line) {
      List<String> fields =
          Stream.of(line.split("\t", -1)).map(field -> URLDecoder.decode(field, UTF_8)).toList();
      return new Result(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
    }

    DynamicTest asTest() {
      return DynamicTest.dynamicTest(
          file + ": " + name,
          () -> {
            Assumptions.assumeFalse(outcome.equals("skip"), detail);
            assertThat(outcome).withFailMessage(detail).isEqualTo("pass");
          });
    }
  }

  /// Runs the files of these names under `node/tests`.
  ///
  /// @param environment tells the tests where ChatterBox is
  static Stream<DynamicTest> run(List<String> files, Map<String, String> environment)
      throws IOException, InterruptedException {
    return run("tests", files, Duration.ofMinutes(1), environment);
  }

  /// Runs the files of these names under a folder.
  ///
  /// @param each how long a test may take
  static Stream<DynamicTest> run(
      String folder, List<String> files, Duration each, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path results = Files.createTempFile(Path.of("target"), "node", ".results");
    List<String> command =
        new ArrayList<>(List.of("node", "--test", "--test-timeout=" + each.toMillis()));
    command.add("--test-reporter=./reporter.mjs");
    command.add("--test-reporter-destination=" + results.toAbsolutePath());
    files.forEach(file -> command.add(folder + "/" + file));
    int code = Node.run(command, environment, Path.of("target", "node.log"));
    List<Result> all = Files.readAllLines(results).stream().map(Result::read).toList();
    assertThat(all).as("tests that node has run").isNotEmpty();
    boolean told = all.stream().anyMatch(result -> result.outcome().equals("fail"));
    if (code != 0 && !told) {
      fail("node ended with code %d and told of no failed test", code);
    }
    return all.stream().map(Result::asTest);
  }

  /// All files with tests.
  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(Node.FOLDER.resolve("tests"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".test.mjs"))
          .sorted()
          .toList();
    }
  }
}

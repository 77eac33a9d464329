package io.chatterbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.chatterbox.testkit.architecture.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The architecture of all modules together.
class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> everyModuleKeepsTheRules() throws IOException {
    List<Path> modules = modules(Path.of(".."));
    assertThat(modules).hasSizeGreaterThan(5);
    JavaClasses classes = Architecture.read(modules);
    return Architecture.ofChatterBox().rules(classes).stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  private static List<Path> modules(Path root) throws IOException {
    try (Stream<Path> folders = Files.find(root, 3, (path, about) -> path.endsWith("pom.xml"))) {
      return folders
          .map(pom -> pom.resolveSibling("target").resolve("classes"))
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    }
  }
}

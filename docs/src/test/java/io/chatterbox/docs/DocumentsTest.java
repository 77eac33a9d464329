package io.chatterbox.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DocumentsTest {
  private static final Path ROOT = Path.of("..");

  @TestFactory
  Stream<DynamicTest> whatIsCommittedIsWhatTheRecordsAndResourcesSay() throws IOException {
    return Documents.make(ROOT).entrySet().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                file.getKey(),
                () ->
                    assertThat(Files.readString(ROOT.resolve(file.getKey())))
                        .as("%s is made anew by ./chatterbox docs", file.getKey())
                        .isEqualTo(file.getValue())));
  }
}

package io.chatterbox.socketio;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What each package may know.
class LayersTest {
  private static final String ENGINE = "io.chatterbox.engineio";
  private static final String SOCKETS = "io.chatterbox.socketio";
  private static final String TRANSPORTS = "io.chatterbox.socketio.vertx";

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.chatterbox");
    assertThat(all.containPackage(ENGINE)).isTrue();
    assertThat(all.containPackage(SOCKETS)).isTrue();
    assertThat(all.containPackage(TRANSPORTS)).isTrue();
  }

  private static void knowsOnly(String one, String... packages) {
    classes()
        .that()
        .resideInAPackage(one)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages)
        .check(all);
  }

  @Test
  void engineIoKnowsTheJdkOnly() {
    knowsOnly(
        ENGINE,
        ENGINE,
        "java.lang..",
        "java.util..",
        "java.nio..",
        "java.io",
        "java.time",
        "org.jspecify..");
  }

  @Test
  void socketIoKnowsEngineIoAndTheJdkOnly() {
    knowsOnly(
        SOCKETS,
        SOCKETS,
        ENGINE,
        "java.lang..",
        "java.util..",
        "java.nio..",
        "java.io",
        "java.net",
        "java.time",
        "java.security",
        "org.jspecify..");
  }

  @Test
  void transportsKnowVertxAndNettyButNoApplication() {
    knowsOnly(
        TRANSPORTS,
        TRANSPORTS,
        SOCKETS,
        ENGINE,
        "java..",
        "io.vertx..",
        "io.netty..",
        "org.jspecify..");
  }
}

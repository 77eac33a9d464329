package io.chatterbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.helm.Chart.Values;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whether the services have the settings that the chart sets: a misspelt one would do nothing.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsIT {
  /// Of the JVM, of Kubernetes, and of the values of this test.
  private static final Set<String> OTHER_VARIABLES =
      Set.of("JDK_JAVA_OPTIONS", "POD_NAME", "POD_IP", "TZ");

  private final Chart chart = new Chart();

  @AfterAll
  void close() {
    chart.close();
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void everySettingInAFileExistsInItsService(Values values) throws IOException {
    Rendered rendered = chart.render(values);
    for (String service : Chart.SERVICES) {
      KnownSettings known = KnownSettings.of(service);
      assertThat(rendered.settings(service).stringPropertyNames())
          .as("settings of %s", service)
          .isNotEmpty()
          .allSatisfy(name -> assertThat(known.contains(name)).as(name).isTrue());
    }
  }

  @ParameterizedTest
  @EnumSource(Values.class)
  void everyVariableIsASettingOfItsService(Values values) throws IOException {
    Rendered rendered = chart.render(values);
    for (String service : Chart.SERVICES) {
      KnownSettings known = KnownSettings.of(service);
      assertThat(rendered.container(service).getEnv())
          .extracting(EnvVar::getName)
          .filteredOn(name -> !OTHER_VARIABLES.contains(name))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(known.containsVariable(name)).as(name).isTrue());
    }
  }

  @Test
  void aMisspeltSettingIsFound() throws IOException {
    KnownSettings chat = KnownSettings.of("chat");
    assertThat(chat.contains("chatterbox.chat.limits.content-length")).isTrue();
    assertThat(chat.contains("chatterbox.chat.limits.contents-length")).isFalse();
    assertThat(chat.contains("chatterbox.gateway.drain")).isFalse();
    assertThat(chat.contains("chatterbox.chat.files.s3.bucket")).isTrue();
    assertThat(chat.contains("chatterbox.node-name")).isTrue();
    assertThat(chat.contains("quarkus.log.category.\"org.mongodb.driver\".level")).isTrue();
    // of the build
    assertThat(chat.contains("quarkus.management.enabled")).isFalse();
  }

  @Test
  void aSettingOfOneServiceGoesBeforeThatOfAll() {
    Rendered rendered =
        chart.render(
            Values.DEFAULT,
            Map.of(
                "settings.quarkus\\.log\\.level", "WARN",
                "chat.settings.quarkus\\.log\\.level", "DEBUG"));
    assertThat(rendered.settings("chat")).containsEntry("quarkus.log.level", "DEBUG");
    assertThat(rendered.settings("auth")).containsEntry("quarkus.log.level", "WARN");
  }
}

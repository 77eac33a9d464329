package io.chatterbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/// The compose file, as far as it can be checked without Docker.
class ComposeIT {
  private static final Path FILE = Path.of("../compose/compose.yaml");

  private final JsonNode compose;

  ComposeIT() throws IOException {
    compose = new ObjectMapper().valueToTree(new Yaml().load(Files.readString(FILE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "auth", "chat", "presence", "ai"})
  void aServiceRunsAsItDoesOnKubernetes(String name) throws IOException {
    JsonNode service = compose.path("services").path(name);
    assertThat(service.path("read_only").asBoolean()).isTrue();
    assertThat(service.path("user").asText()).isEqualTo("10001:10001");
    assertThat(service.path("cap_drop").path(0).asText()).isEqualTo("ALL");
    assertThat(service.path("build").path("args").path("SERVICE").asText()).isEqualTo(name);
    assertThat(
            Files.isRegularFile(
                Path.of("../..", service.path("build").path("dockerfile").asText())))
        .isTrue();
    assertThat(service.path("healthcheck").path("test").path(3).asText())
        .contains("/127.0.0.1/" + port(name) + " ", "/q/health/ready");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "auth", "chat", "presence", "ai"})
  void everyVariableIsASettingOfSomeService(String name) throws IOException {
    List<KnownSettings> known = new java.util.ArrayList<>();
    for (String service : Chart.SERVICES) {
      known.add(KnownSettings.of(service));
    }
    compose
        .path("services")
        .path(name)
        .path("environment")
        .fieldNames()
        .forEachRemaining(variable ->
            assertThat(
                    variable.equals("JDK_JAVA_OPTIONS")
                        || known.stream().anyMatch(any -> any.containsVariable(variable)))
                .as(variable)
                .isTrue());
  }

  @Test
  void everythingThatIsWaitedForIsThere() {
    Set<String> services = new java.util.HashSet<>();
    compose.path("services").fieldNames().forEachRemaining(services::add);
    compose
        .path("services")
        .forEach(service ->
            service
                .path("depends_on")
                .fieldNames()
                .forEachRemaining(other -> assertThat(services).contains(other)));
    assertThat(compose.path("services").path("mongodb").path("command").toString())
        .contains("--replSet");
  }

  private static int port(String name) {
    return 3000 + Chart.SERVICES.indexOf(name);
  }
}

package io.chatterbox.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpOptionsTest {
  private static final Path DATA = Path.of("data");

  @Test
  void withoutArgumentsThereIsOneOfEachOnItsOwnPort() {
    UpOptions options = UpOptions.parse(List.of(), DATA);
    assertThat(options).isEqualTo(new UpOptions(DATA, Map.of(), Map.of(), false, false, ""));
    assertThat(options.replicasOf("gateway")).isEqualTo(1);
    assertThat(options.redis()).isEqualTo("one");
  }

  @Test
  void readsReplicasAndSettings() {
    UpOptions options =
        UpOptions.parse(
            List.of(
                "--replicas",
                "gateway=2,chat=3",
                "--set",
                "a.b=c=d",
                "--set",
                "e=",
                "--no-limits",
                "--operators",
                "alice,bob",
                "--reset",
                "--free-ports",
                "--data",
                "elsewhere",
                "--redis",
                "cluster"),
            DATA);
    assertThat(options.replicas()).isEqualTo(Map.of("gateway", 2, "chat", 3));
    assertThat(options.settings())
        .isEqualTo(
            Map.of(
                "a.b", "c=d",
                "e", "",
                "chatterbox.limits.enabled", "false",
                "chatterbox.gateway.operators", "alice,bob",
                "chatterbox.stack.redis", "cluster"));
    assertThat(options.redis()).isEqualTo("cluster");
    assertThat(options.reset()).isTrue();
    assertThat(options.freePorts()).isTrue();
    assertThat(options.data()).isEqualTo(Path.of("elsewhere"));
  }

  @Test
  void aSettingMayBeOneServicesOrOneReplicas() {
    UpOptions options =
        UpOptions.parse(
            List.of("--set", "a=1", "--set", "chat:a=2:3", "--set", "chat-2:a=4", "--set", "b=5"),
            DATA);
    assertThat(options.settingsOf("gateway", 1)).isEqualTo(Map.of("a", "1", "b", "5"));
    assertThat(options.settingsOf("chat", 1)).isEqualTo(Map.of("a", "2:3", "b", "5"));
    assertThat(options.settingsOf("chat", 2)).isEqualTo(Map.of("a", "4", "b", "5"));
    assertThat(options.named()).containsExactlyInAnyOrder("chat", "chat-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--replicas",
        "--replicas gateway",
        "--replicas gateway=two",
        "--replicas gateway=0",
        "--replicas gateway=10",
        "--replicas gateway=2,",
        "--operators",
        "--set novalue",
        "--set =x",
        "--redis",
        "--what",
        "gateway"
      })
  void refusesWhatItDoesNotUnderstandInASentence(String arguments) {
    List<String> words = List.of(arguments.split(" ", -1));
    assertThatThrownBy(() -> UpOptions.parse(words, DATA))
        .isInstanceOf(StartFailure.class)
        .message()
        .endsWith(".");
  }
}

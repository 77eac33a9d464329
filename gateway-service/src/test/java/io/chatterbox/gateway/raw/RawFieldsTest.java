package io.chatterbox.gateway.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawFieldsTest {
  private final RawFields fields = new RawFields();

  private Optional<String> room(String json) {
    return fields.text(json.getBytes(UTF_8), "roomName");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"roomName\":\"general\"}",
        "{\"content\":{\"roomName\":\"other\"},\"roomName\":\"general\"}",
        "{\"list\":[{\"roomName\":\"other\"}],\"roomName\":\"general\",\"roomName\":\"second\"}",
        "{\"room\\u004eame\":\"gener\\u0061l\"}",
        " { \"roomName\" : \"general\" , "
      })
  void findsTheFirstFieldAtTheTop(String json) {
    assertThat(room(json)).contains("general");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"roomName\"",
        "{}",
        "{\"roomName\":7}",
        "{\"roomName\":null}",
        "{\"roomName\":{\"$gt\":\"\"}}",
        "{\"roomName\":[\"general\"]}",
        "{\"deep\":{\"roomName\":\"general\"}}",
        "{\"roomName\"",
        "{roomName:'general'}"
      })
  void whatIsNotThereOrNotTextIsEmpty(String json) {
    assertThat(room(json)).isEmpty();
  }

  @Test
  void endlessNestingEndsInNothing() {
    assertThat(room("{\"a\":" + "[".repeat(200_000))).isEmpty();
  }

  @Test
  void readsOneLevelDeeperWhenAsked() {
    byte[] json = "{\"x\":1,\"user\":{\"n\":0,\"_id\":\"u1\"}}".getBytes(UTF_8);
    assertThat(fields.text(json, "user", "_id")).contains("u1");
    assertThat(fields.text(json, "x", "_id")).isEmpty();
  }
}

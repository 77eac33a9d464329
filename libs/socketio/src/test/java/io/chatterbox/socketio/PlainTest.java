package io.chatterbox.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.ProtocolException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTest {

  private static Packet.Call call(String message) throws ProtocolException {
    byte[] bytes = ("4" + message).getBytes(UTF_8);
    return Plain.call(bytes, 1, bytes.length);
  }

  private static String text(Frame frame) {
    return frame.translated(Plain::text);
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void anEventHasANameDataAndAnId() throws ProtocolException {
    Packet.Call call =
        call(
            " {\"id\" : 7 , \"more\":[1], \"\\u0065vent\":\"é\\n\", \"data\" : {\"event\":\"x\"} } ");
    assertThat(call.name()).isEqualTo("é\n");
    assertThat(call.id()).isEqualTo(json("7"));
    assertThat(call.arguments().values()).containsExactly(json("{\"event\":\"x\"}"));
    assertThat(call.namespace()).isEqualTo("/");
  }

  @Test
  void dataAndIdMayBeLeftOutOrBeNull() throws ProtocolException {
    for (String message :
        List.of("{\"event\":\"a\"}", "{\"data\":null,\"event\":\"a\",\"id\":null}")) {
      assertThat(call(message).id()).isEmpty();
      assertThat(call(message).arguments().isEmpty()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|7",
        "-1.5e300|-1.5e300",
        "\"a\\\"b\"|\"a\\\"b\"",
        "\"\"|\"\"",
        "\"1234567890123456789012345678901234567890123456789012345678901234\"|\"1234567890123456789012345678901234567890123456789012345678901234\"",
      })
  void anIdComesBackAsItWas(String id, String back) throws ProtocolException {
    byte[] kept = call("{\"event\":\"a\",\"id\":" + id + "}").id();
    Frame ack = Packets.ack("/", kept, Arguments.of(json("{\"success\":true}")));
    assertThat(text(ack)).isEqualTo("{\"reply\":" + back + ",\"success\":true}");
  }

  @Test
  void repliesAreTheAcknowledgementsFields() {
    assertThat(text(Packets.ack("/", json("7"), Arguments.of(json("{}")))))
        .isEqualTo("{\"reply\":7}");
    assertThat(text(Packets.ack("/", json("7"), Arguments.none()))).isEqualTo("{\"reply\":7}");
    assertThat(text(Packets.ack("/", json("7"), Arguments.of(json("[1]")))))
        .isEqualTo("{\"reply\":7,\"data\":[1]}");
    assertThat(
            text(Packets.ack("/", json("7"), Arguments.of(json("{\"a\":{\"b\":[]}}"), json("2")))))
        .isEqualTo("{\"reply\":7,\"a\":{\"b\":[]}}");
  }

  @Test
  void eventsAreNamedAndOnlyTheFirstArgumentIsData() {
    assertThat(text(Packets.event("/", "new-message", Arguments.of(json("{\"a\":\"]\"}")))))
        .isEqualTo("{\"event\":\"new-message\",\"data\":{\"a\":\"]\"}}");
    assertThat(text(Packets.event("/", "a\"é", Arguments.of(json("1"), json("\"offset\"")))))
        .isEqualTo("{\"event\":\"a\\\"é\",\"data\":1}");
    assertThat(text(Packets.event("/", "a", Arguments.none()))).isEqualTo("{\"event\":\"a\"}");
    assertThat(text(Packets.event("/", json("12"), "a", Arguments.of(json("{}")))))
        .isEqualTo("{\"event\":\"a\",\"data\":{}}");
  }

  @Test
  void aFrameIsTranslatedOnceForAll() {
    Frame frame = Packets.event("/", "a", Arguments.of(json("{}")));
    assertThat(text(frame)).isSameAs(text(frame));
  }

  @Test
  void whateverComesIsAnEventOrRefusedWithASentence() {
    Random random = new Random(7);
    String good = "{\"event\":\"send-message\",\"data\":{\"a\":[1,\"\\u00e9\"]},\"id\":\"x\"}";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder message = new StringBuilder(good);
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        int at = random.nextInt(message.length());
        switch (random.nextInt(3)) {
          case 0 -> message.deleteCharAt(at);
          case 1 -> message.setCharAt(at, "{}[]\",:\\ 01ex".charAt(random.nextInt(13)));
          default -> message.insert(at, "{}[]\",:\\ 01ex".charAt(random.nextInt(13)));
        }
      }
      try {
        assertThat(call(message.toString()).name()).isNotNull();
      } catch (ProtocolException e) {
        assertThat(e.getMessage()).endsWith(".");
      }
    }
  }

  @Test
  void nestingHasItsEnd() {
    String deep = "[".repeat(500_000);
    assertThatThrownBy(() -> call("{\"event\":\"a\",\"data\":" + deep))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("nested too deep");
  }
}

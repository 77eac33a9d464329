package io.chatterbox.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Payloads of HTTP long-polling, both revisions.
class PayloadCodecTest {
  private static final PayloadCodec V4 = PayloadCodec.of(4, false);
  private static final PayloadCodec V3 = PayloadCodec.of(3, false);
  private static final PayloadCodec V3_TEXT = PayloadCodec.of(3, true);

  static Stream<Arguments> codecs() {
    return Stream.of(
        Arguments.of("revision 4", V4),
        Arguments.of("revision 3", V3),
        Arguments.of("revision 3, base64", V3_TEXT));
  }

  /// Packets as text, binary ones as `binary:` and hexadecimal digits.
  private static List<String> decoded(PayloadCodec codec, byte[] body, boolean binary)
      throws ProtocolException {
    List<String> packets = new ArrayList<>();
    codec.decode(
        body,
        binary,
        new PacketSink() {
          @Override
          public void text(byte[] bytes, int from, int to) {
            packets.add(new String(bytes, from, to - from, StandardCharsets.UTF_8));
          }

          @Override
          public void binary(byte[] bytes) {
            packets.add("binary:" + HexFormat.of().formatHex(bytes));
          }
        });
    return packets;
  }

  private static List<String> decoded(PayloadCodec codec, String body) throws ProtocolException {
    return decoded(codec, body.getBytes(StandardCharsets.UTF_8), false);
  }

  private static Frame message(String text) {
    return Frame.of(("4" + text).getBytes(StandardCharsets.UTF_8), List.of());
  }

  private static String encoded(PayloadCodec codec, Frame... frames) {
    return new String(codec.encode(List.of(frames)).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void revision4JoinsPacketsByTheRecordSeparator() throws ProtocolException {
    assertThat(encoded(V4, message("a"), Frame.ofBinary(new byte[] {1, 2, 3, 4}), message("€")))
        .isEqualTo("4a\u001ebAQIDBA==\u001e4€");
    assertThat(decoded(V4, "4a\u001ebAQIDBA==\u001e4€\u001e2"))
        .containsExactly("4a", "binary:01020304", "4€", "2");
  }

  @Test
  void revision3PrefixesLengthsInUtf16Units() throws ProtocolException {
    assertThat(
            encoded(V3_TEXT, message("€"), message("𝄞"), Frame.ofBinary(new byte[] {1, 2, 3, 4})))
        .isEqualTo("2:4€3:4𝄞10:b4AQIDBA==");
    assertThat(decoded(V3_TEXT, "2:4€3:4𝄞10:b4AQIDBA=="))
        .containsExactly("4€", "4𝄞", "binary:01020304");
  }

  @Test
  void revision3IsBinaryWhereBinaryIsInvolved() {
    PayloadCodec.Payload payload =
        V3.encode(List.of(message("€"), Frame.ofBinary(new byte[] {9, 8})));
    assertThat(payload.binary()).isTrue();
    assertThat(payload.bytes())
        .containsExactly(0, 4, 255, '4', 0xe2, 0x82, 0xac, 1, 3, 255, 4, 9, 8);
  }

  @Test
  void base64MayHaveLineBreaks() throws ProtocolException {
    assertThat(decoded(V4, "bAQ\r\nIDBA==\n")).containsExactly("binary:01020304");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\u001e", "4a\u001e", "\u001e4a", "4a\u001e\u001e4b", "b!", "bA"})
  void revision4RefusesMalformedPayloads(String body) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoded(V4, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "4a", ":4", "3:4a", "1:4a", "-1:4", "9999999999:4", "2:b3", "3:b4!", "2:4𝄞"})
  void revision3RefusesMalformedPayloads(String body) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoded(V3, body));
  }

  @Test
  void textIsUtf8() {
    byte[] overlong = {'4', (byte) 0xC0, (byte) 0x80};
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoded(V4, overlong, false));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoded(V3, overlong, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecs")
  void whatIsEncodedIsDecodedTheSame(String name, PayloadCodec codec) {
    Fuzz.repeat(
        3000,
        random -> {
          List<String> expected = new ArrayList<>();
          PayloadCodec.Payload payload = codec.encode(frames(random, expected));
          assertThat(decoded(codec, payload.bytes(), payload.binary())).isEqualTo(expected);
        });
  }

  private static List<Frame> frames(Random random, List<String> expected) {
    List<Frame> frames = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      if (random.nextInt(3) == 0) {
        byte[] bytes = Fuzz.bytes(random, 40);
        expected.add("binary:" + HexFormat.of().formatHex(bytes));
        frames.add(Frame.ofBinary(bytes));
      } else {
        String text = Fuzz.text(random, 30);
        expected.add("4" + text);
        frames.add(message(text));
      }
    }
    return frames;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecs")
  void damagedPayloadsAreRefusedAtMost(String name, PayloadCodec codec) {
    Fuzz.repeat(
        20_000,
        random -> {
          PayloadCodec.Payload payload = codec.encode(frames(random, new ArrayList<>()));
          byte[] bad = Fuzz.damaged(random, payload.bytes());
          Fuzz.refusesAtMost(() -> decoded(codec, bad, random.nextBoolean()));
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("codecs")
  void noiseIsRefusedAtMost(String name, PayloadCodec codec) {
    Fuzz.repeat(
        20_000,
        random -> {
          byte[] noise = Fuzz.bytes(random, 60);
          Fuzz.refusesAtMost(() -> decoded(codec, noise, random.nextBoolean()));
        });
  }
}

package io.chatterbox.socketio;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chatterbox.engineio.Frame;
import io.chatterbox.engineio.Fuzz;
import io.chatterbox.engineio.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packets of Socket.IO, to and from bytes.
class PacketCodecTest {
  private final PacketDecoder decoder = new PacketDecoder();

  private @Nullable Packet decoded(String packet) throws ProtocolException {
    byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
    return decoder.text(bytes, 0, bytes.length);
  }

  private static String text(Frame frame) {
    return new String(frame.text(), StandardCharsets.UTF_8);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Packet.Call call(String packet) throws ProtocolException {
    return (Packet.Call) requireNonNull(decoded(packet));
  }

  @Test
  void connectHasANamespaceAndAPayload() throws ProtocolException {
    Packet.Connect bare = (Packet.Connect) requireNonNull(decoded("0"));
    assertThat(bare.namespace()).isEqualTo("/");
    assertThat(text(bare.auth())).isEqualTo("{}");
    Packet.Connect full = (Packet.Connect) requireNonNull(decoded("0/admin,{\"token\":\"1\"}"));
    assertThat(full.namespace()).isEqualTo("/admin");
    assertThat(text(full.auth())).isEqualTo("{\"token\":\"1\"}");
  }

  @Test
  void disconnectHasANamespace() throws ProtocolException {
    assertThat(decoded("1")).isEqualTo(new Packet.Disconnect("/"));
    assertThat(decoded("1/admin,")).isEqualTo(new Packet.Disconnect("/admin"));
  }

  @Test
  void anEventHasANameAndRawArguments() throws ProtocolException {
    Packet.Call call = call("2/a,12[ \"n\\u00e4me\" , 1.50, {\"b\" :[null]} ]");
    assertThat(call.namespace()).isEqualTo("/a");
    assertThat(text(call.id())).isEqualTo("12");
    assertThat(call.name()).isEqualTo("näme");
    assertThat(call.arguments().values())
        .extracting(PacketCodecTest::text)
        .containsExactly("1.50", "{\"b\" :[null]}");
  }

  @Test
  void aNameAloneIsAnEventWithoutArguments() throws ProtocolException {
    Packet.Call call = call("2[\"hi\"]");
    assertThat(call.id()).isEmpty();
    assertThat(call.arguments().count()).isZero();
    assertThat(text(call.arguments().array())).isEqualTo("[]");
  }

  @Test
  void aBinaryEventWaitsForItsAttachments() throws ProtocolException {
    assertThat(
            decoded(
                "52-/a,7[\"up\",{\"_placeholder\":true,\"num\":1},{\"num\":0,\"_placeholder\":true}]"))
        .isNull();
    assertThat(decoder.attachment(new byte[] {1})).isNull();
    Packet.Call call = (Packet.Call) requireNonNull(decoder.attachment(new byte[] {2}));
    assertThat(call.arguments().attachments()).containsExactly(new byte[] {1}, new byte[] {2});
    assertThat(text(call.id())).isEqualTo("7");
  }

  @Test
  void anAcknowledgementHasAnIdAndArguments() throws ProtocolException {
    Packet.Answer answer = (Packet.Answer) requireNonNull(decoded("37[true]"));
    assertThat(answer.id()).isEqualTo(7);
    assertThat(text(answer.arguments().array())).isEqualTo("[true]");
  }

  @Test
  void anAcknowledgementWithAnIdThatNobodyGaveMatchesNothing() throws ProtocolException {
    Packet.Answer answer = (Packet.Answer) requireNonNull(decoded("3" + "9".repeat(100) + "[]"));
    assertThat(answer.id()).isNegative();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "4",
        "7[]",
        "2",
        "2[]",
        "2{}",
        "2[1,]",
        "2[\"a\"",
        "2[\"a\"]]",
        "2[null]",
        "2x[\"a\"]",
        "2[\"disconnect\"]",
        "2[\"connect_error\"]",
        "2[\"a\",01]",
        "2[\"a\",+1]",
        "2[\"a\",1.]",
        "2[\"a\",tru]",
        "2[\"\\x\"]",
        "2[\"\\u12\"]",
        "2[\"a\u0001\"]",
        "1{}",
        "0[]",
        "0{\"a\":}",
        "3[]",
        "3",
        "31{}",
        "5[\"a\"]",
        "5-[\"a\"]",
        "511-[\"a\"]",
        "51-[\"a\",{\"_placeholder\":true,\"num\":1}]",
        "51-[\"a\",{\"_placeholder\":true}]",
        "51-[\"a\",{\"\\u005fplaceholder\":true,\"num\":99}]",
        "51-[\"a\",{\"_placeholder\":true,\"num\":0,\"\\u006eum\":99}]",
        "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]",
        "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]",
        "5999999999999-[\"a\"]"
      })
  void malformedPacketsAreRefused(String packet) {
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoded(packet));
  }

  @Test
  void textAmidAttachmentsIsRefused() throws ProtocolException {
    assertThat(decoded("51-[\"a\",{\"_placeholder\":true,\"num\":0}]")).isNull();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoded("2[\"a\"]"));
  }

  @Test
  void anAttachmentWithoutPacketIsRefused() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoder.attachment(new byte[] {1}));
  }

  @Test
  void deepNestingIsRefusedAndWideArraysAreNot() throws ProtocolException {
    String deep = "2[\"a\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]";
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoded(deep));
    String deepObjects = "2[\"a\"," + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000) + "]";
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decoded(deepObjects));
    Packet.Call wide = call("2[\"a\",[" + "1,".repeat(1_000_000) + "1]]");
    assertThat(wide.arguments().count()).isEqualTo(1);
  }

  @Test
  void idsAndNamespacesHaveALongestLength() {
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoded("2" + "1".repeat(100_000) + "[\"a\"]"));
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> decoded("0/" + "n".repeat(100_000)));
  }

  @Test
  void packetsAreEncodedAsSpecified() {
    assertThat(text(Packets.event("/", "a", Arguments.of(json("1"), json("\"b\"")))))
        .isEqualTo("42[\"a\",1,\"b\"]");
    assertThat(text(Packets.event("/n", "q\"", Arguments.none()))).isEqualTo("42/n,[\"q\\\"\"]");
    Arguments binary =
        Arguments.ofArray(
            json("[{\"_placeholder\":true,\"num\":0}]"), List.of(new byte[] {1, 2, 3}));
    assertThat(text(Packets.event("/", "a", binary)))
        .isEqualTo("451-[\"a\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(text(Packets.ack("/n", json("12"), binary)))
        .isEqualTo("461-/n,12[{\"_placeholder\":true,\"num\":0}]");
    assertThat(text(Packets.ack("/", json("12"), Arguments.none()))).isEqualTo("4312[]");
    assertThat(text(Packets.connected("/", "id", Optional.empty())))
        .isEqualTo("40{\"sid\":\"id\"}");
    assertThat(text(Packets.connected("/n", "id", Optional.of("p"))))
        .isEqualTo("40/n,{\"sid\":\"id\",\"pid\":\"p\"}");
    assertThat(text(Packets.disconnect("/n"))).isEqualTo("41/n,");
  }

  @Test
  void whatIsEncodedIsDecodedTheSame() {
    Fuzz.repeat(
        3000,
        random -> {
          String name = "n" + Fuzz.text(random, 10);
          List<byte[]> attachments = new ArrayList<>();
          Arguments arguments = arguments(random, attachments);
          Frame frame = Packets.event(random.nextBoolean() ? "/" : "/x", name, arguments);
          PacketDecoder fresh = new PacketDecoder();
          Packet packet = fresh.text(frame.text(), 1, frame.text().length);
          for (byte[] attachment : frame.attachments()) {
            packet = fresh.attachment(attachment);
          }
          Packet.Call call = (Packet.Call) requireNonNull(packet);
          assertThat(call.name()).isEqualTo(name);
          assertThat(text(call.arguments().array())).isEqualTo(text(arguments.array()));
          assertThat(call.arguments().attachments()).containsExactlyElementsOf(attachments);
        });
  }

  private static Arguments arguments(Random random, List<byte[]> attachments) {
    StringBuilder array = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      value(random, array, attachments, 4);
      array.append(i > 1 ? "," : "");
    }
    return Arguments.ofArray(json(array.append(']').toString()), attachments);
  }

  private static void value(Random random, StringBuilder out, List<byte[]> attachments, int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> out.append(text(JsonText.encode(Fuzz.text(random, 8))));
      case 1 -> out.append(random.nextInt());
      case 2 -> out.append(random.nextDouble());
      case 3 -> out.append(random.nextBoolean());
      case 4 -> out.append("null");
      case 5 -> {
        out.append("[ ");
        value(random, out, attachments, depth - 1);
        out.append(" ,");
        value(random, out, attachments, depth - 1);
        out.append(']');
      }
      case 6 -> {
        out.append("{").append(text(JsonText.encode(Fuzz.text(random, 8)))).append(" : ");
        value(random, out, attachments, depth - 1);
        out.append('}');
      }
      default -> {
        if (attachments.size() < PacketDecoder.MAX_ATTACHMENTS) {
          out.append("{\"_placeholder\":true,\"num\":").append(attachments.size()).append('}');
          attachments.add(Fuzz.bytes(random, 20));
        } else {
          out.append("{}");
        }
      }
    }
  }

  @Test
  void damagedPacketsAreRefusedAtMost() {
    Fuzz.repeat(
        30_000,
        random -> {
          Frame frame =
              Packets.event("/x", Fuzz.text(random, 5), arguments(random, new ArrayList<>()));
          byte[] bad = Fuzz.damaged(random, frame.text());
          PacketDecoder fresh = new PacketDecoder();
          Fuzz.refusesAtMost(() -> {
            Packet packet = fresh.text(bad, Math.min(1, bad.length), bad.length);
            if (packet instanceof Packet.Call call) {
              call.arguments().values(); // what is let through is JSON
            }
          });
        });
  }

  @Test
  void noiseIsRefusedAtMost() {
    Fuzz.repeat(
        30_000,
        random -> {
          byte[] noise = Fuzz.bytes(random, 60);
          PacketDecoder fresh = new PacketDecoder();
          Fuzz.refusesAtMost(() -> {
            fresh.text(noise, 0, noise.length);
            fresh.attachment(noise);
          });
        });
  }
}

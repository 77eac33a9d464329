package io.chatterbox.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// WebSocket frames from clients (RFC 6455, section 5).
class FrameReaderTest {
  private static final int LIMIT = 1000;
  private static final int FIN = 0x80;

  private final List<String> heard = new ArrayList<>();
  private final FrameReader reader = reader(heard, false);

  private static FrameReader reader(List<String> heard, boolean compression) {
    return new FrameReader(
        LIMIT,
        compression,
        new FrameReader.Sink() {
          @Override
          public void message(boolean text, boolean compressed, byte[] message) {
            heard.add((text ? "text " : "binary ") + string(message));
          }

          @Override
          public void ping(byte[] payload) {
            heard.add("ping " + string(payload));
          }

          @Override
          public void pong() {
            heard.add("pong");
          }

          @Override
          public void close(int code) {
            heard.add("close " + code);
          }

          @Override
          public void violation(int code) {
            heard.add("violation " + code);
          }
        });
  }

  private static String string(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] frame(int first, byte[] payload, int mask) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ (mask >> (24 - 8 * (i & 3)))));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  private void read(byte[]... parts) {
    for (byte[] part : parts) {
      reader.read(Unpooled.wrappedBuffer(part));
    }
  }

  @Test
  void aFrameIsUnmasked() {
    read(frame(FIN | 1, bytes("hello"), 0x12345678));
    read(frame(FIN | 2, bytes("b".repeat(300)), 0xFEDCBA98));
    assertThat(heard).containsExactly("text hello", "binary " + "b".repeat(300));
  }

  @Test
  void fragmentsAreJoinedAndControlFramesComeBetween() {
    read(frame(1, bytes("he"), 1), frame(FIN | 9, bytes("p"), 2), frame(0, bytes("l"), 3));
    read(frame(FIN | 10, bytes(""), 4), frame(FIN, bytes("lo"), 5), frame(FIN | 1, bytes("x"), 6));
    assertThat(heard).containsExactly("ping p", "pong", "text hello", "text x");
  }

  @Test
  void aFrameWithoutMaskIsAViolation() {
    read(new byte[] {(byte) (FIN | 1), 1, 'x'});
    assertThat(heard).containsExactly("violation 1002");
  }

  @Test
  void reservedBitsAndOpcodesAreViolations() {
    for (int first :
        new int[] {FIN | 0x40 | 1, FIN | 0x20 | 1, FIN | 0x10 | 1, FIN | 3, FIN | 11}) {
      List<String> heardNow = new ArrayList<>();
      reader(heardNow, false).read(Unpooled.wrappedBuffer(frame(first, bytes("x"), 0)));
      assertThat(heardNow).containsExactly("violation 1002");
    }
  }

  @Test
  void fragmentsOutOfOrderAreViolations() {
    read(frame(FIN, bytes("x"), 0));
    assertThat(heard).containsExactly("violation 1002");
    List<String> second = new ArrayList<>();
    FrameReader other = reader(second, false);
    other.read(Unpooled.wrappedBuffer(frame(1, bytes("x"), 0)));
    other.read(Unpooled.wrappedBuffer(frame(1, bytes("x"), 0)));
    assertThat(second).containsExactly("violation 1002");
  }

  @Test
  void controlFramesAreShortAndWhole() {
    read(frame(FIN | 9, new byte[126], 0));
    assertThat(heard).containsExactly("violation 1002");
    List<String> second = new ArrayList<>();
    reader(second, false).read(Unpooled.wrappedBuffer(frame(9, bytes("x"), 0)));
    assertThat(second).containsExactly("violation 1002");
  }

  @Test
  void aControlFrameOfNegativeLengthIsAViolation() {
    ByteBuf header = Unpooled.buffer();
    header.writeByte(FIN | 9).writeByte(0x80 | 127).writeLong(0x8000_0000_7FFF_FFF0L).writeInt(0);
    reader.read(header);
    assertThat(heard).containsExactly("violation 1002");
  }

  @Test
  void aMessageAboveTheLimitIsRefusedByItsHeader() {
    ByteBuf header = Unpooled.buffer();
    header.writeByte(FIN | 2).writeByte(0x80 | 127).writeLong(Long.MAX_VALUE).writeInt(0);
    reader.read(header);
    assertThat(heard).containsExactly("violation 1009");
  }

  @Test
  void fragmentsAboveTheLimitAreRefusedTogether() {
    read(frame(1, new byte[600], 0), frame(0, new byte[600], 0));
    assertThat(heard).containsExactly("violation 1009");
  }

  @Test
  void afterAViolationNothingIsRead() {
    read(frame(FIN | 3, bytes("x"), 0), frame(FIN | 1, bytes("x"), 0));
    assertThat(heard).containsExactly("violation 1002");
  }

  @Test
  void closeFramesTellTheirCode() {
    read(frame(FIN | 8, new byte[] {3, (byte) 0xE9}, 0));
    assertThat(heard).containsExactly("close 1001");
  }

  @Test
  void howeverTheBytesAreCutTheMessagesAreTheSame() {
    Fuzz.repeat(
        5000,
        random -> {
          List<String> expected = new ArrayList<>();
          byte[] stream = stream(random, expected);
          List<String> actual = new ArrayList<>();
          FrameReader cut = reader(actual, false);
          for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(40), stream.length - at);
            ByteBuf part = Unpooled.copiedBuffer(stream, at, length);
            cut.read(part);
            at += length;
          }
          assertThat(actual).isEqualTo(expected);
        });
  }

  private static byte[] stream(Random random, List<String> expected) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < 5; i++) {
      boolean text = random.nextBoolean();
      StringBuilder whole = new StringBuilder(text ? "text " : "binary ");
      int fragments = 1 + random.nextInt(3);
      for (int f = 0; f < fragments; f++) {
        byte[] payload = Fuzz.bytes(random, 200);
        int opcode = f > 0 ? 0 : text ? 1 : 2;
        out.writeBytes(frame((f == fragments - 1 ? FIN : 0) | opcode, payload, random.nextInt()));
        whole.append(string(payload));
      }
      expected.add(whole.toString());
    }
    return out.toByteArray();
  }

  @Test
  void noiseBreaksNothing() {
    Fuzz.repeat(
        20_000,
        random -> {
          FrameReader noisy = reader(new ArrayList<>(), true);
          for (int i = 0; i < 4; i++) {
            noisy.read(Unpooled.wrappedBuffer(Fuzz.bytes(random, 50)));
          }
        });
  }
}

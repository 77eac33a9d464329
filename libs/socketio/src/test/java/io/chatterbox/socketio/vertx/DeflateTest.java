package io.chatterbox.socketio.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.chatterbox.engineio.Fuzz;
import io.chatterbox.engineio.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Compressed WebSocket messages (RFC 7692).
class DeflateTest {
  @Test
  void theExampleOfTheSpecificationIsUnderstood() throws ProtocolException {
    byte[] hello = {(byte) 0xf2, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00};
    assertThat(new String(Deflate.decompress(hello, 100), StandardCharsets.UTF_8))
        .isEqualTo("Hello");
  }

  @Test
  void whatIsCompressedIsDecompressedTheSame() {
    Fuzz.repeat(
        500,
        random -> {
          byte[] message = Fuzz.bytes(random, 30_000);
          Arrays.fill(message, 0, message.length / 2, (byte) 'x');
          assertThat(Deflate.decompress(Deflate.compress(message), 30_000)).isEqualTo(message);
        });
  }

  @Test
  void aBombIsStoppedAtTheLimit() {
    byte[] bomb = Deflate.compress(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(300_000);
    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> Deflate.decompress(bomb, 1_000_000));
  }

  @Test
  void noiseIsRefusedAtMost() {
    Fuzz.repeat(
        5000,
        random -> {
          byte[] noise = Fuzz.bytes(random, 100);
          Fuzz.refusesAtMost(() -> Deflate.decompress(noise, 10_000));
        });
  }
}

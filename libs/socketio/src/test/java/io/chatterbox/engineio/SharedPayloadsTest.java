package io.chatterbox.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One payload for all who poll for the same frames.
class SharedPayloadsTest {
  private static final Frame HI = frame("4hi");
  private static final Frame HO = frame("4ho");

  private final Turns loop = new Turns();
  private final SharedPayloads payloads = new SharedPayloads(loop, PayloadCodec.of(4, false));

  private static Frame frame(String text) {
    return Frame.of(text.getBytes(StandardCharsets.UTF_8), List.of());
  }

  @Test
  void theSameFramesAreEncodedAndCompressedOnceInATurn() {
    PayloadCodec.Payload first = payloads.encode(List.of(HI, HO));
    PayloadCodec.Payload second = payloads.encode(List.of(HI, HO));
    assertThat(second).isSameAs(first);
    byte[] compressed = first.compressed("gzip", (bytes, encoding) -> new byte[] {1});
    assertThat(second.compressed("gzip", (bytes, encoding) -> new byte[] {2})).isSameAs(compressed);
    assertThat(second.compressed("deflate", (bytes, encoding) -> new byte[] {3}))
        .containsExactly(3);
  }

  @Test
  void otherFramesAreEncodedAnew() {
    PayloadCodec.Payload first = payloads.encode(List.of(HI, HO));
    assertThat(payloads.encode(List.of(HI, frame("4ho")))).isNotSameAs(first);
    assertThat(payloads.encode(List.of(HI))).isNotSameAs(first);
  }

  @Test
  void nothingIsKeptWhenTheTurnHasEnded() {
    PayloadCodec.Payload first = payloads.encode(List.of(HI, HO));
    loop.endTurn();
    assertThat(payloads.encode(List.of(HI, HO))).isNotSameAs(first);
  }
}

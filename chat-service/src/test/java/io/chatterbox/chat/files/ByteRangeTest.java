package io.chatterbox.chat.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,1",
    "bytes=2-5,2,4",
    "bytes=7-,7,3",
    "bytes=-3,7,3",
    "bytes=-99,0,10",
    "bytes=5-99,5,5",
    "bytes=10-,10,0",
    "bytes=10-12,10,0",
    "bytes=-0,10,0",
  })
  void readsOneRangeOfTenBytes(String header, long from, long length) {
    assertThat(ByteRange.read(header, 10)).contains(new ByteRange(from, length));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2", "x"})
  void ignoresWhatIsNone(String header) {
    assertThat(ByteRange.read(header, 10)).isEmpty();
  }

  @Test
  void isNotOverwhelmedByLargeNumbers() {
    assertThat(ByteRange.read("bytes=0-999999999999999999", 10)).contains(new ByteRange(0, 10));
    assertThat(ByteRange.read("bytes=0-9999999999999999999", 10)).isEmpty();
  }
}

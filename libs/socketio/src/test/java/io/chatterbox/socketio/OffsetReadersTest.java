package io.chatterbox.socketio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.engineio.Headers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetReadersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"Mozilla/5.0 (X11; Linux)", "node-XMLHttpRequest", "okhttp/4.12.0", "Pythonic/1"})
  void mostClientsAreSentOffsets(String agent) {
    assertThat(isOne("{}", Map.of("user-agent", agent))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"python-requests/2.32.3", "Python/3.11 aiohttp/3.9.5", "Dart/3.5 (dart:io)"})
  void thoseOfPythonAndDartAreNot(String agent) {
    assertThat(isOne("{}", Map.of("User-Agent", agent))).isFalse();
  }

  @Test
  void whoNamesNothingIsNodeUnlessHeHasAnOrigin() {
    assertThat(isOne("{}", Map.of())).isTrue();
    assertThat(isOne("{}", Map.of("Origin", "http://localhost:3000"))).isFalse();
  }

  @Test
  void aClientMaySayWhatItWants() {
    Map<String, String> python = Map.of("User-Agent", "python-requests/2.32.3");
    assertThat(isOne("{\"token\":\"t\",\"recovery\":true}", python)).isTrue();
    assertThat(isOne("{\"recovery\":false}", Map.of())).isFalse();
    assertThat(isOne("{\"recovery\":\"no\"}", Map.of())).isTrue();
  }

  @Test
  void anEventIsEncodedOnceWithAndOnceWithoutItsOffset() {
    Arguments payload = Arguments.of("{\"a\":1}".getBytes(UTF_8));
    assertThat(
            new String(Packets.event("/", "e", payload, "\"g.7\"".getBytes(UTF_8)).text(), UTF_8))
        .isEqualTo("42[\"e\",{\"a\":1},\"g.7\"]");
    assertThat(new String(Packets.event("/", "e", payload).text(), UTF_8))
        .isEqualTo("42[\"e\",{\"a\":1}]");
  }

  private static boolean isOne(String auth, Map<String, String> headers) {
    ConnectRequest request =
        new ConnectRequest(
            Headers.of(List.copyOf(headers.entrySet())), Headers.empty(), "127.0.0.1:1", false, 0);
    return OffsetReaders.isOne(new Handshake(request, auth.getBytes(UTF_8), 0));
  }
}

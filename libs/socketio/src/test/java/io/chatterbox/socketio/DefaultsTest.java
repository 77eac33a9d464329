package io.chatterbox.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.chatterbox.engineio.EngineOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Settings that nobody made are those of Node's server.
class DefaultsTest {
  @Test
  void defaultsAreThoseOfNodesServer() {
    SocketIoOptions options = SocketIoOptions.defaults();
    EngineOptions engine = options.engine();
    assertThat(options.path()).isEqualTo("/socket.io/");
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(options.recovery()).isEmpty();
    assertThat(engine.heartbeat().interval()).isEqualTo(Duration.ofSeconds(25));
    assertThat(engine.heartbeat().timeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(engine.limits().maxPayload()).isEqualTo(1_000_000);
    assertThat(engine.transports().polling()).isTrue();
    assertThat(engine.transports().websocket()).isTrue();
    assertThat(engine.transports().upgradeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(engine.transports().allowV3()).isFalse();
    assertThat(engine.compression().pollingThreshold()).isEqualTo(1024);
    assertThat(engine.compression().webSocketDeflate()).isFalse();
  }
}

package io.chatterbox.engineio;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// How a session began.
///
/// @param id its `sid`
/// @param revision of the protocol, 3 or 4
/// @param request that opened it
public record Opening(String id, int revision, ConnectRequest request) {

  /// The `open` packet ("Handshake").
  Frame packet(EngineOptions options, boolean upgradable) {
    String packet =
        "0{\"sid\":\""
            + id
            + "\",\"upgrades\":["
            + (upgradable ? "\"websocket\"" : "")
            + "],\"pingInterval\":"
            + options.heartbeat().interval().toMillis()
            + ",\"pingTimeout\":"
            + options.heartbeat().timeout().toMillis()
            + ",\"maxPayload\":"
            + options.limits().maxPayload()
            + "}";
    return Frame.of(packet.getBytes(StandardCharsets.UTF_8), List.of());
  }
}

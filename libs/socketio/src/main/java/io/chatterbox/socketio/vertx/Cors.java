package io.chatterbox.socketio.vertx;

import java.util.Set;

/// Which pages of other origins may connect. None by default: their requests get no CORS headers,
/// and their WebSockets are refused if `checkWebSockets`.
///
/// @param origins allowed origins; `*` for any (then credentials are never allowed)
/// @param credentials whether cookies may come along
/// @param checkWebSockets whether a WebSocket from an origin that is neither this host's nor
///   allowed gets 403
public record Cors(Set<String> origins, boolean credentials, boolean checkWebSockets) {
  public Cors {
    origins = Set.copyOf(origins);
  }

  public static Cors none() {
    return new Cors(Set.of(), false, false);
  }
}

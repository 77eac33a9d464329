package io.chatterbox.socketio.vertx;

import io.chatterbox.engineio.ConnectRequest;
import io.chatterbox.engineio.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request says in its query ("Query parameters").
///
/// @param revision 3 or 4; 0 for anything else
/// @param transport `polling`, `websocket` or anything
/// @param sid empty at a handshake
record EngineRequest(int revision, String transport, Optional<String> sid) {

  static EngineRequest of(HttpServerRequest request) {
    MultiMap query = request.params();
    int revision =
        switch (orEmpty(query.get("EIO"))) {
          case "4" -> 4;
          case "3" -> 3;
          default -> 0;
        };
    String sid = orEmpty(query.get("sid"));
    return new EngineRequest(
        revision,
        orEmpty(query.get("transport")),
        sid.isEmpty() ? Optional.empty() : Optional.of(sid));
  }

  boolean isPolling() {
    return transport.equals("polling");
  }

  boolean isWebSocket() {
    return transport.equals("websocket");
  }

  /// What is kept of a request that opens a session.
  static ConnectRequest kept(HttpServerRequest request, long epochMillis) {
    return new ConnectRequest(
        Headers.of(request.headers()),
        Headers.of(request.params()),
        String.valueOf(request.remoteAddress()),
        request.isSSL(),
        epochMillis);
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }
}

package io.chatterbox.auth.sessions;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// Where a request comes from, as the gateway says it.
///
/// @param userAgent as the device names itself; may be empty
/// @param ip its address in the network
record Device(String userAgent, String ip) {

  static Device of(HttpServerRequest request) {
    String forwardedFor = request.getHeader("X-Forwarded-For");
    return new Device(
        Objects.requireNonNullElse(request.getHeader("User-Agent"), ""),
        forwardedFor == null
            ? Objects.requireNonNullElse(request.remoteAddress().hostAddress(), "")
            : forwardedFor);
  }
}

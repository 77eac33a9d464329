package io.chatterbox.socketio.vertx;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pages of other origins may connect. By default none: their requests get no CORS headers,
/// so their browsers do not show them the answers.
///
/// @param origins allowed origins; `*` for any (then without credentials)
/// @param credentials whether cookies may come along
/// @param checkWebSockets whether a WebSocket from an origin that is neither this host's nor
///   allowed gets 403; browsers do not check those
public record Cors(Set<String> origins, boolean credentials, boolean checkWebSockets) {
  public Cors {
    origins = Set.copyOf(origins);
    if (credentials && origins.contains("*")) {
      throw new IllegalArgumentException("credentials need origins by name");
    }
  }

  public static Cors none() {
    return new Cors(Set.of(), false, false);
  }

  boolean isOff() {
    return origins.isEmpty();
  }

  HttpServerResponse headers(HttpServerRequest request, HttpServerResponse response) {
    if (origins.contains("*")) {
      return response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if (!origins.isEmpty()) {
      response.putHeader(HttpHeaders.VARY, "Origin");
      String origin = request.getHeader(HttpHeaders.ORIGIN);
      if (origin != null && origins.contains(origin)) {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (credentials) {
          response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
      }
    }
    return response;
  }

  HttpServerResponse preflight(HttpServerRequest request, HttpServerResponse response) {
    headers(request, response)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,PUT,PATCH,POST,DELETE");
    String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
    if (asked != null) {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, asked);
    }
    return response;
  }

  /// Whether a WebSocket from that page may come in.
  boolean allowsWebSocket(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return !checkWebSockets
        || origin == null
        || origins.contains("*")
        || origins.contains(origin)
        || isOwn(origin, request.getHeader(HttpHeaders.HOST));
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
  }
}

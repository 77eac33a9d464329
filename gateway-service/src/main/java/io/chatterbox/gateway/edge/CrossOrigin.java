package io.chatterbox.gateway.edge;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/// Lets pages of other origins call, if they are on the list (CORS, Fetch standard).
final class CrossOrigin {
  private static final String METHODS = "GET, HEAD, POST, PATCH, PUT, DELETE";
  private static final String MAX_AGE = "600";

  private final Set<String> origins;

  CrossOrigin(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  void handle(RoutingContext call) {
    HttpServerRequest request = call.request();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    HttpServerResponse response = call.response();
    if (!origins.isEmpty()) {
      response.putHeader(HttpHeaders.VARY, "Origin");
    }
    if (origin == null || !(origins.contains("*") || origins.contains(origin))) {
      call.next();
      return;
    }
    response.putHeader(
        HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origins.contains("*") ? "*" : origin);
    response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After");
    boolean isPreflight =
        HttpMethod.OPTIONS.equals(request.method())
            && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    if (isPreflight) {
      response
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type")
          .putHeader("Access-Control-Max-Age", MAX_AGE)
          .setStatusCode(204)
          .end();
    } else {
      call.next();
    }
  }
}

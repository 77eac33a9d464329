package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyResponse;

/// The envelope of failures that the gateway itself finds.
final class Envelope {
  private static final String JSON = "application/json";
  private static final int MS = 1000;

  private Envelope() {}

  static void write(HttpServerResponse response, Refusal refusal) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (refusal.retryAfterMs() > 0) {
      response.putHeader("Retry-After", Long.toString(Math.ceilDiv(refusal.retryAfterMs(), MS)));
    }
    response
        .setStatusCode(refusal.code().status())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(body(refusal));
  }

  /// As the answer of a service that gave none.
  static ProxyResponse write(ProxyResponse response, ErrorCode code, String message) {
    response.headers().clear();
    return response
        .setStatusCode(code.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .setBody(Body.body(body(new Refusal(code, message))));
  }

  private static Buffer body(Refusal refusal) {
    JsonObject error =
        new JsonObject().put("code", refusal.code().name()).put("message", refusal.sentence());
    if (refusal.retryAfterMs() > 0) {
      error.put("details", new JsonObject().put("retryAfterMs", refusal.retryAfterMs()));
    }
    return new JsonObject().put("success", false).put("error", error).toBuffer();
  }
}

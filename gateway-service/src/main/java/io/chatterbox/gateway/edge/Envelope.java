package io.chatterbox.gateway.edge;

import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyResponse;

/// The envelope of failures that the gateway itself finds.
public final class Envelope {
  private static final String JSON = "application/json";
  private static final int MS = 1000;

  private Envelope() {}

  public static void write(HttpServerResponse response, Refusal refusal) {
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

  /// What the HTTP layer refuses.
  public static void write(HttpServerResponse response, int status) {
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .end(body(refusal(status)));
  }

  /// What a service's HTTP layer refuses.
  static ProxyResponse write(ProxyResponse response, int status) {
    response.headers().clear();
    return response
        .setStatusCode(status)
        .setStatusMessage(HttpResponseStatus.valueOf(status).reasonPhrase())
        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
        .setBody(Body.body(body(refusal(status))));
  }

  private static Refusal refusal(int status) {
    return switch (status) {
      case 401 -> new Refusal(ErrorCode.UNAUTHORIZED, "Sign in first.");
      case 403 -> new Refusal(ErrorCode.FORBIDDEN, "You may not do this.");
      case 404 -> Refusal.notFound("There is nothing here.");
      case 405 -> Refusal.notFound("This cannot be done here.");
      case 406, 415 ->
          new Refusal(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "This media type is not understood.");
      case 413 -> new Refusal(ErrorCode.PAYLOAD_TOO_LARGE, "This is too large.");
      case 414 -> Refusal.invalid("The address is too long.");
      case 429 -> new Refusal(ErrorCode.RATE_LIMITED, "Too many requests.");
      case 431 -> Refusal.invalid("The headers are too large.");
      case 502, 503, 504 ->
          new Refusal(
              ErrorCode.UNAVAILABLE, "This part of the service does not answer. Try again.");
      default ->
          status < 500
              ? Refusal.invalid("This request is not understood.")
              : new Refusal(ErrorCode.SERVER_ERROR, "Something went wrong on our side.");
    };
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

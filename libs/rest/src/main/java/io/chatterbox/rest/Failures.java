package io.chatterbox.rest;

import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The one boundary at which whatever a resource throws becomes an envelope. Refusals are expected;
/// all else is logged here, once, and shows nothing of the inside.
public final class Failures {
  private static final Logger LOG = Logger.getLogger(Failures.class);
  private static final int MS = 1000;

  @ServerExceptionMapper
  public Response refused(Refusal refusal) {
    long retryAfterMs = refusal.retryAfterMs();
    Answer.Problem problem =
        new Answer.Problem(
            refusal.code(),
            refusal.sentence(),
            retryAfterMs == 0 ? null : Map.of("retryAfterMs", retryAfterMs));
    Response.ResponseBuilder answer =
        Response.status(refusal.code().status())
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(new Answer.Failed(false, problem));
    if (retryAfterMs > 0) {
      answer.header("Retry-After", Math.ceilDiv(retryAfterMs, MS));
    }
    return answer.build();
  }

  /// A store that will be back.
  @ServerExceptionMapper
  public Response away(StoreAwayException e) {
    LOG.warnf("event=store-away reason=%s", e.getMessage());
    return refused(Refusal.unavailable());
  }

  /// What the REST layer itself refuses: no such path or method, an unreadable body.
  @ServerExceptionMapper
  public Response turnedAway(WebApplicationException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refused(refusal);
      }
    }
    int status = e.getResponse().getStatus();
    return switch (status) {
      case 401 -> failed(status, ErrorCode.UNAUTHORIZED, "Sign in first.");
      case 403 -> failed(status, ErrorCode.FORBIDDEN, "You may not do this.");
      case 404 -> failed(status, ErrorCode.NOT_FOUND, "There is nothing here.");
      case 405 -> failed(status, ErrorCode.NOT_FOUND, "This cannot be done here.");
      case 406, 415 ->
          failed(status, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "This media type is not understood.");
      case 413 -> failed(status, ErrorCode.PAYLOAD_TOO_LARGE, "This is too large.");
      default ->
          status < 500
              ? failed(status, ErrorCode.VALIDATION_ERROR, "This request is not understood.")
              : unexpected(e);
    };
  }

  @ServerExceptionMapper
  public Response unexpected(Throwable e) {
    LOG.error("event=request-failed", e);
    return failed(500, ErrorCode.SERVER_ERROR, "Something went wrong on our side.");
  }

  private static Response failed(int status, ErrorCode code, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Answer.failed(code, message))
        .build();
  }
}

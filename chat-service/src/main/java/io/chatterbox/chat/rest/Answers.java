package io.chatterbox.chat.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.bus.Json;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The envelope of every answer, and bodies read as strictly as a socket's payloads.
@Singleton
public class Answers {
  private static final int CREATED = 201;
  private static final int OK = 200;

  private final Json json;

  Answers(Json json) {
    this.json = json;
  }

  record Success(boolean success, Object data) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Problem(String code, String message, @Nullable Map<String, Long> details) {}

  record Failed(boolean success, Problem error) {}

  public Response ok(Object data) {
    return answer(OK, new Success(true, data));
  }

  public Response created(Object data) {
    return answer(CREATED, new Success(true, data));
  }

  /// A list under its plural name, with what is needed to turn pages.
  public Response list(String plural, List<?> items, Object pagination) {
    return ok(Map.of(plural, items, "pagination", pagination));
  }

  Response failed(Refusal refusal) {
    Map<String, Long> details =
        refusal.retryAfterMs() == 0 ? null : Map.of("retryAfterMs", refusal.retryAfterMs());
    return answer(
        refusal.code().status(),
        new Failed(false, new Problem(refusal.code().name(), refusal.sentence(), details)));
  }

  /// Reads a request's body.
  ///
  /// @throws Refusal `VALIDATION_ERROR` when it is not of this form
  public <T> T body(byte[] body, Class<T> type) {
    return json.read(RawJson.of(body), type);
  }

  private Response answer(int status, Object body) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(json.write(body).bytes())
        .build();
  }
}

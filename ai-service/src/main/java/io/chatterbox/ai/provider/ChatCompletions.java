package io.chatterbox.ai.provider;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/// `POST /chat/completions` of OpenAI's API, streamed as server-sent events.
@Path("/chat/completions")
interface ChatCompletions {

  /// The `data` of each event.
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.SERVER_SENT_EVENTS)
  Multi<String> stream(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization, byte[] request);
}

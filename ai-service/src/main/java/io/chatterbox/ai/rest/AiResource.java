package io.chatterbox.ai.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.ai.AiConfig;
import io.chatterbox.ai.provider.Provider;
import io.chatterbox.ai.usage.DailyUsage;
import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.bus.StoreAwayException;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/// `/api/ai`.
@Path("/api/ai")
@RunOnVirtualThread
public class AiResource {
  private final Provider provider;
  private final FinishedRuns finished;
  private final AiConfig config;
  private final SignedIn signedIn;

  public AiResource(Provider provider, FinishedRuns finished, AiConfig config, SignedIn signedIn) {
    this.provider = provider;
    this.finished = finished;
    this.config = config;
    this.signedIn = signedIn;
  }

  /// Who answers, if anybody does.
  @Shape(name = "AssistantStatus")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Status(boolean enabled, @Nullable String provider, @Nullable String model) {}

  /// Whether there is an assistant, and which.
  @GET
  @Path("/status")
  public Answer.Data<Status> status() {
    return Answer.of(
        provider.isConfigured()
            ? new Status(true, config.providerName(), config.model())
            : new Status(false, null, null));
  }

  /// What the caller has used of it today.
  @GET
  @Path("/usage")
  public Answer.Data<DailyUsage> usage() {
    try {
      return Answer.of(finished.today(signedIn.caller().userId()));
    } catch (StoreAwayException e) {
      throw new Refusal(ErrorCode.UNAVAILABLE, "The assistant's records cannot be read now.");
    }
  }
}

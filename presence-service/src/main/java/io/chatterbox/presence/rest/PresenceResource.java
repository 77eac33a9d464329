package io.chatterbox.presence.rest;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.contract.Presence;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.presence.Presences;
import io.chatterbox.rest.Answer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;

/// `/api/users/:id/presence`.
@Path("/api/users/{id}/presence")
@RunOnVirtualThread
public class PresenceResource {
  private final Presences presences;

  public PresenceResource(Presences presences) {
    this.presences = presences;
  }

  /// Whether somebody is online, and when he last was.
  @GET
  @Refuses(NOT_FOUND)
  public Answer.Data<Presence> find(@PathParam("id") String id) {
    return presences.find(List.of(id)).stream()
        .findFirst()
        .map(Answer::of)
        .orElseThrow(() -> Refusal.notFound("There is no such user."));
  }
}

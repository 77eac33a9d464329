package io.chatterbox.ai.rest;

import io.chatterbox.ai.usage.FinishedRuns;
import io.chatterbox.rest.Answer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// What auth-service tells of accounts. It repeats it until it is answered, and once more for what
/// was under way.
@Path("/internal/accounts")
@RunOnVirtualThread
public class AccountsResource {
  private final FinishedRuns finished;

  public AccountsResource(FinishedRuns finished) {
    this.finished = finished;
  }

  /// An account is deleted: what it has used is nobody's business any more.
  @DELETE
  @Path("/{userId}")
  public Answer.Done deleted(@PathParam("userId") String userId) {
    finished.forget(userId);
    return Answer.done("Nothing is known of this user.");
  }
}

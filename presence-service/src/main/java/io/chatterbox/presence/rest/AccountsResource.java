package io.chatterbox.presence.rest;

import io.chatterbox.presence.People;
import io.chatterbox.presence.live.LiveState;
import io.chatterbox.rest.Answer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// What auth-service tells of accounts. It repeats it until it is answered, and once more when the
/// user's last sockets have gone.
@Path("/internal/accounts")
@RunOnVirtualThread
public class AccountsResource {
  private final LiveState live;
  private final People people;

  public AccountsResource(LiveState live, People people) {
    this.live = live;
    this.people = people;
  }

  /// An account is deleted: when its user was last seen is nobody's business any more.
  @DELETE
  @Path("/{userId}")
  public Answer.Done deleted(@PathParam("userId") String userId) {
    live.forget(userId);
    people.forget(userId);
    return Answer.done("Nothing is known of this user.");
  }
}

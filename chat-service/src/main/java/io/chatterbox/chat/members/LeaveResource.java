package io.chatterbox.chat.members;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.GroupCommand.RemoveParticipant;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// Leaving a group over REST.
@Path("/api/conversations/{id}/leave")
@RunOnVirtualThread
public class LeaveResource {
  static final Answer.Done LEFT = Answer.done("You have left the group.");

  private final SignedIn signedIn;
  private final CommandClient bus;

  LeaveResource(SignedIn signedIn, CommandClient bus) {
    this.signedIn = signedIn;
    this.bus = bus;
  }

  /// Leaves a group. After the last admin the oldest member is one; after the last member the group
  /// ends.
  @POST
  @Refuses({NOT_FOUND, FORBIDDEN})
  public Answer.Done leave(@PathParam("id") String id) {
    Caller caller = signedIn.caller();
    RemoveParticipant leave = new RemoveParticipant(id, caller.userId());
    bus.ask(Service.CHAT, Key.conversation(id), caller, leave);
    return LEFT;
  }
}

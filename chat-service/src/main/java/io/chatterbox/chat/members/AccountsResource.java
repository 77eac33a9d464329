package io.chatterbox.chat.members;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.conversations.Memberships;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.GroupCommand.AccountDeleted;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.rest.Answer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/// What auth-service tells of accounts. It repeats it until it is answered.
@Path("/internal/accounts")
@RunOnVirtualThread
public class AccountsResource {
  private final Memberships memberships;
  private final CommandClient bus;

  AccountsResource(Memberships memberships, CommandClient bus) {
    this.memberships = memberships;
    this.bus = bus;
  }

  /// An account is deleted: its user leaves all groups, and nobody can send to him any more.
  @DELETE
  @Path("/{userId}")
  public Answer.Done deleted(@PathParam("userId") String userId) {
    Caller caller = new Caller(userId, userId, "", "");
    for (String id : memberships.of(userId)) {
      bus.ask(Service.CHAT, Key.conversation(id), caller, new AccountDeleted(id));
    }
    return Answer.done("The account has left all conversations.");
  }
}

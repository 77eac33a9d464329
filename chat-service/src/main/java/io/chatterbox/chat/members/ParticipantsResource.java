package io.chatterbox.chat.members;

import static io.chatterbox.contract.ErrorCode.CONFLICT;
import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.conversations.ConversationDocument;
import io.chatterbox.chat.conversations.ConversationView;
import io.chatterbox.chat.conversations.ConversationViews;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.GroupCommand;
import io.chatterbox.contract.GroupCommand.AddParticipants;
import io.chatterbox.contract.GroupCommand.ChangeRole;
import io.chatterbox.contract.GroupCommand.RemoveParticipant;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is in a group, over REST.
@Path("/api/conversations/{id}/participants")
@RunOnVirtualThread
public class ParticipantsResource {
  private final SignedIn signedIn;
  private final Invited invited;
  private final CommandClient bus;
  private final Documents documents;
  private final ConversationViews views;

  ParticipantsResource(
      SignedIn signedIn,
      Invited invited,
      CommandClient bus,
      Documents documents,
      ConversationViews views) {
    this.signedIn = signedIn;
    this.invited = invited;
    this.bus = bus;
    this.documents = documents;
    this.views = views;
  }

  /// What a client sends.
  public record People(
      @Shape(least = 1, required = true) @Nullable List<@Nullable String> userIds) {}

  /// What a client sends.
  @Shape(name = "NewRole")
  public record Role(@Shape(name = "Role", required = true) @Nullable String role) {}

  /// Adds people to a group (admins). Who is in already is ignored.
  @POST
  @Refuses({NOT_FOUND, FORBIDDEN})
  public Answer.Data<ConversationView> add(@PathParam("id") String id, People people) {
    Caller caller = signedIn.caller();
    List<String> ids = invited.ids(people.userIds(), "userIds");
    // who does not take part learns nothing, not even which users there are
    ConversationDocument.forParticipant(documents.read(Key.conversation(id)), caller.userId());
    return change(id, new AddParticipants(id, invited.find(ids)));
  }

  /// Makes somebody an admin, or an admin a member (admins).
  @PATCH
  @Refuses({NOT_FOUND, FORBIDDEN, CONFLICT})
  @Path("/{userId}")
  public Answer.Data<ConversationView> changeRole(
      @PathParam("id") String id, @PathParam("userId") String userId, Role body) {
    String role = body.role();
    return change(id, new ChangeRole(id, userId, role == null ? "" : role));
  }

  /// Takes somebody out of a group (admins). Oneself: leaves it, which is answered with a message.
  @DELETE
  @Answers(shape = "Conversation", orMessage = true)
  @Refuses({NOT_FOUND, FORBIDDEN})
  @Path("/{userId}")
  public Answer remove(@PathParam("id") String id, @PathParam("userId") String userId) {
    Caller caller = signedIn.caller();
    if (userId.equals(caller.userId())) {
      ask(id, caller, new RemoveParticipant(id, userId));
      return LeaveResource.LEFT;
    }
    return change(id, new RemoveParticipant(id, userId));
  }

  private <C extends Record & GroupCommand> Answer.Data<ConversationView> change(
      String id, C command) {
    Caller caller = signedIn.caller();
    ask(id, caller, command);
    Head head = documents.read(Key.conversation(id));
    ConversationDocument.forParticipant(head, caller.userId());
    return Answer.of(views.of(head, caller.userId()));
  }

  private <C extends Record & GroupCommand> void ask(String id, Caller caller, C command) {
    bus.ask(Service.CHAT, Key.conversation(id), caller, command);
  }
}

package io.chatterbox.chat.members;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.conversations.ConversationView;
import io.chatterbox.chat.conversations.ConversationViews;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.Person;
import io.chatterbox.contract.GroupCommand.CreateGroup;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// New groups over REST.
@Path("/api/conversations/group")
@RunOnVirtualThread
public class GroupsResource {
  private final SignedIn signedIn;
  private final Invited invited;
  private final CommandClient bus;
  private final Documents documents;
  private final ConversationViews views;

  GroupsResource(
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
  ///
  /// @param participants ids of other users; doubles are dropped, one unknown id refuses all
  @Shape(name = "NewGroup")
  public record Body(
      @Shape(
              least = 1,
              most = 100,
              setting = "chatterbox.chat.limits.group-name-length",
              required = true)
          @Nullable String name,
      @Shape(most = 500, setting = "chatterbox.chat.limits.description-length")
          @Nullable String description,
      @Shape(least = 1, most = 999, required = true)
          @Nullable List<@Nullable String> participants) {}

  /// A new group, of which the caller is the admin.
  @POST
  @Answers(status = 201, shape = "Conversation")
  @Refuses(NOT_FOUND)
  public Response create(Body body) {
    Caller caller = signedIn.caller();
    String id = UUID.randomUUID().toString();
    List<String> others = new ArrayList<>(invited.ids(body.participants(), "participants"));
    others.remove(caller.userId());
    if (others.isEmpty()) {
      throw Refusal.invalid("participants takes at least one other user.");
    }
    String name = body.name() == null ? "" : body.name();
    Person creator = new Person(caller.userId(), caller.username(), null);
    // refuses what has no good form before anybody is looked for
    CreateGroup asked = new CreateGroup(id, name, body.description(), creator, List.of());
    invited.checkForm(asked.name(), asked.description());
    List<Person> people = invited.find(others);
    CreateGroup create = new CreateGroup(id, name, body.description(), creator, people);
    bus.ask(Service.CHAT, Key.conversation(id), caller, create);
    ConversationView view = views.of(documents.read(Key.conversation(id)), caller.userId());
    return Response.status(Response.Status.CREATED).entity(Answer.of(view)).build();
  }
}

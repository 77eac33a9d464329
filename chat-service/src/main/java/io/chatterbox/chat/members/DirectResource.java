package io.chatterbox.chat.members;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.conversations.ConversationView;
import io.chatterbox.chat.conversations.ConversationViews;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.people.People;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CreateDirect;
import io.chatterbox.contract.ChatCommand.Person;
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
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A direct conversation over REST: made on first asking, the same one ever after.
@Path("/api/conversations/direct")
@RunOnVirtualThread
public class DirectResource {
  private final SignedIn signedIn;
  private final People people;
  private final CommandClient bus;
  private final Documents documents;
  private final ConversationViews views;

  DirectResource(
      SignedIn signedIn,
      People people,
      CommandClient bus,
      Documents documents,
      ConversationViews views) {
    this.signedIn = signedIn;
    this.people = people;
    this.bus = bus;
    this.documents = documents;
    this.views = views;
  }

  /// What a client sends.
  @Shape(name = "DirectWith")
  public record Body(@Shape(least = 1, required = true) @Nullable String participantId) {}

  /// The direct conversation with somebody. It is made on first asking (201) and the same one ever
  /// after (200), whoever of the two asks.
  @POST
  @Answers(status = 201, orStatus = 200, shape = "Conversation")
  @Refuses(NOT_FOUND)
  public Response open(Body body) {
    Caller caller = signedIn.caller();
    String participantId = body.participantId();
    if (participantId == null || participantId.isEmpty()) {
      throw Refusal.invalid("participantId is required.");
    }
    if (participantId.equals(caller.userId())) {
      throw Refusal.invalid("participantId must be somebody else.");
    }
    Key key = Key.conversation(DirectIds.of(caller.userId(), participantId));
    boolean created = !documents.read(key).exists() && create(key, caller, participantId);
    ConversationView view = views.of(documents.read(key), caller.userId());
    return Response.status(created ? Status.CREATED : Status.OK).entity(Answer.of(view)).build();
  }

  private boolean create(Key key, Caller caller, String participantId) {
    Map<String, Person> found = people.find(List.of(caller.userId(), participantId));
    Person participant = found.get(participantId);
    Person creator = found.get(caller.userId());
    if (participant == null || creator == null) {
      throw Refusal.notFound("There is no such user.");
    }
    CreateDirect create = new CreateDirect(key.id(), creator, participant);
    return bus.ask(Service.CHAT, key, caller, create).body().text().contains("true");
  }
}

package io.chatterbox.chat.conversations;

import static io.chatterbox.contract.ErrorCode.FORBIDDEN;
import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import com.fasterxml.jackson.databind.JsonNode;
import io.chatterbox.bus.CommandClient;
import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.GroupCommand.RenameGroup;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// One conversation over REST.
@Path("/api/conversations/{id}")
@RunOnVirtualThread
public class ConversationResource {
  private final SignedIn signedIn;
  private final CommandClient bus;
  private final ConversationViews views;
  private final Documents documents;
  private final MessagePages pages;
  private final MessageViews messages;

  ConversationResource(
      SignedIn signedIn,
      CommandClient bus,
      ConversationViews views,
      Documents documents,
      MessagePages pages,
      MessageViews messages) {
    this.signedIn = signedIn;
    this.bus = bus;
    this.views = views;
    this.documents = documents;
    this.pages = pages;
    this.messages = messages;
  }

  /// What a client sends.
  ///
  /// @param description `null` clears it, absent leaves it
  public record Title(
      @Shape(least = 1, most = 100, setting = "chatterbox.chat.limits.group-name-length")
          @Nullable String name,
      @Shape(most = 500, setting = "chatterbox.chat.limits.description-length")
          @Nullable JsonNode description) {}

  /// One conversation.
  @GET
  @Refuses(NOT_FOUND)
  public Answer.Data<ConversationView> find(@PathParam("id") String id) {
    String userId = signedIn.caller().userId();
    Head head = documents.read(Key.conversation(id));
    ConversationDocument.forParticipant(head, userId);
    return Answer.of(views.of(head, userId));
  }

  /// A conversation's messages: the newest page first and each page newest first; with `after` the
  /// oldest first.
  @GET
  @Path("/messages")
  @Refuses(NOT_FOUND)
  public Answer.Data<MessagePages.Page<MessageView>> messages(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("before") @Nullable String before,
      @QueryParam("after") @Nullable String after) {
    String userId = signedIn.caller().userId();
    MessagePages.Query query = new MessagePages.Query(limit, before, after);
    pages.check(query);
    Head head = documents.read(Key.conversation(id));
    ConversationDocument.forParticipant(head, userId);
    return pages.answer(head, query, entry -> messages.of(entry, userId));
  }

  /// Gives a group another name or description (admins).
  @PATCH
  @Refuses({NOT_FOUND, FORBIDDEN})
  public Answer.Data<ConversationView> rename(@PathParam("id") String id, Title title) {
    JsonNode description = title.description();
    if (description != null && !description.isNull() && !description.isTextual()) {
      throw Refusal.invalid("description is missing or of the wrong type.");
    }
    boolean isCleared = description != null && description.isNull();
    String text = description == null || isCleared ? null : description.textValue();
    bus.ask(
        Service.CHAT,
        Key.conversation(id),
        signedIn.caller(),
        new RenameGroup(id, title.name(), text, isCleared));
    return find(id);
  }
}

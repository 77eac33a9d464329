package io.chatterbox.chat.conversations;

import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.history.MessageViews;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reading conversations over REST.
@Path("/api/conversations")
@RunOnVirtualThread
public class ConversationsResource {
  private static final Set<String> TYPES = Set.of("direct", "group");

  private final SignedIn signedIn;
  private final ConversationLists lists;
  private final ConversationViews views;
  private final Documents documents;
  private final MessagePages pages;
  private final MessageViews messages;

  ConversationsResource(
      SignedIn signedIn,
      ConversationLists lists,
      ConversationViews views,
      Documents documents,
      MessagePages pages,
      MessageViews messages) {
    this.messages = messages;
    this.signedIn = signedIn;
    this.lists = lists;
    this.views = views;
    this.documents = documents;
    this.pages = pages;
  }

  /// A page.
  public record Listing(List<ConversationView> conversations, Paging.View pagination) {
    public Listing {
      conversations = List.copyOf(conversations);
    }
  }

  @GET
  public Answer.Data<Listing> list(
      @QueryParam("type") @Nullable String type,
      @QueryParam("page") @Nullable String page,
      @QueryParam("limit") @Nullable String limit) {
    String userId = signedIn.caller().userId();
    if (type != null && !TYPES.contains(type)) {
      throw Refusal.invalid("type is direct or group.");
    }
    Paging paging = Paging.read(page, limit);
    ConversationLists.Listed listed = lists.list(userId, type == null ? "" : type, paging);
    return Answer.of(new Listing(listed.conversations(), paging.view(listed.total())));
  }

  @GET
  @Path("/{id}")
  public Answer.Data<ConversationView> find(@PathParam("id") String id) {
    String userId = signedIn.caller().userId();
    Head head = documents.read(Key.conversation(id));
    ConversationDocument.forParticipant(head, userId);
    return Answer.of(views.of(head, userId));
  }

  @GET
  @Path("/{id}/messages")
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
}

package io.chatterbox.chat.conversations;

import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.chat.history.MessageView;
import io.chatterbox.chat.log.Documents;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.rest.Answers;
import io.chatterbox.chat.rest.Limit;
import io.chatterbox.chat.rest.PageView;
import io.chatterbox.chat.rest.SignedIn;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reading conversations over REST.
@Path("/api/conversations")
@RunOnVirtualThread
class ConversationsResource {
  private static final int USUAL = 20;
  private static final Set<String> TYPES = Set.of("direct", "group");

  private final SignedIn signedIn;
  private final ConversationLists lists;
  private final ConversationViews views;
  private final Documents documents;
  private final MessagePages pages;
  private final Answers answers;

  ConversationsResource(
      SignedIn signedIn,
      ConversationLists lists,
      ConversationViews views,
      Documents documents,
      MessagePages pages,
      Answers answers) {
    this.signedIn = signedIn;
    this.lists = lists;
    this.views = views;
    this.documents = documents;
    this.pages = pages;
    this.answers = answers;
  }

  @GET
  Response list(
      @QueryParam("type") @Nullable String type,
      @QueryParam("page") @Nullable String page,
      @QueryParam("limit") @Nullable String limit) {
    String userId = signedIn.caller().userId();
    if (type != null && !TYPES.contains(type)) {
      throw Refusal.invalid("type is direct or group.");
    }
    int number = Limit.page(page);
    int size = Limit.of(limit, USUAL);
    ConversationLists.Listed listed =
        lists.list(userId, type == null ? "" : type, PageView.skipped(number, size), size);
    return answers.list(
        "conversations", listed.conversations(), new PageView(number, size, listed.total()));
  }

  @GET
  @Path("/{id}")
  Response find(@PathParam("id") String id) {
    String userId = signedIn.caller().userId();
    Head head = documents.read(Key.conversation(id));
    ConversationDocument.forParticipant(head, userId);
    return answers.ok(views.of(head, userId));
  }

  @GET
  @Path("/{id}/messages")
  Response messages(
      @PathParam("id") String id,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("before") @Nullable String before,
      @QueryParam("after") @Nullable String after) {
    String userId = signedIn.caller().userId();
    MessagePages.Query query = new MessagePages.Query(limit, before, after);
    pages.check(query);
    Head head = documents.read(Key.conversation(id));
    ConversationDocument.forParticipant(head, userId);
    return pages.answer(head, query, entry -> MessageView.of(entry, userId));
  }
}

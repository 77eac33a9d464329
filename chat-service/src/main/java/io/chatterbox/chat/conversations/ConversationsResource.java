package io.chatterbox.chat.conversations;

import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody's conversations over REST.
@Path("/api/conversations")
@RunOnVirtualThread
public class ConversationsResource {
  private static final Set<String> TYPES =
      Set.of(ConversationDocument.DIRECT, ConversationDocument.GROUP);

  private final SignedIn signedIn;
  private final ConversationLists lists;

  ConversationsResource(SignedIn signedIn, ConversationLists lists) {
    this.signedIn = signedIn;
    this.lists = lists;
  }

  /// A page.
  @Shape(name = "ConversationList")
  public record Listing(List<ConversationView> conversations, Paging.View pagination) {
    public Listing {
      conversations = List.copyOf(conversations);
    }
  }

  /// The caller's conversations, the one with the newest activity first.
  @GET
  public Answer.Data<Listing> list(
      @QueryParam("type") @Shape(oneOf = {"direct", "group"}) @Nullable String type,
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
}

package io.chatterbox.chat.search;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// Searching one conversation over REST, the newest first.
@Path("/api/conversations/{id}/search")
@RunOnVirtualThread
public class SearchInResource {
  private static final int USUAL = 50;

  private final SignedIn signedIn;
  private final Search search;

  SearchInResource(SignedIn signedIn, Search search) {
    this.signedIn = signedIn;
    this.search = search;
  }

  /// Searches one conversation, the newest first. It goes on with `before`.
  @GET
  @Answers(shape = "MessagePage")
  @Refuses(NOT_FOUND)
  public Answer.Data<MessagePages.Page<?>> in(
      @PathParam("id") String id,
      @QueryParam("q") @Shape(least = 2, most = 100, required = true) @Nullable String q,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("before") @Nullable String before,
      @QueryParam("after") @Nullable String after) {
    String userId = signedIn.caller().userId();
    SearchResource.check(after);
    return search.in(id, userId, Query.read(q), Paging.limit(limit, USUAL), before);
  }
}

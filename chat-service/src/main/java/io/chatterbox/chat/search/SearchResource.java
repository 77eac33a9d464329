package io.chatterbox.chat.search;

import static io.chatterbox.contract.ErrorCode.NOT_FOUND;

import io.chatterbox.chat.history.MessagePages;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Answers;
import io.chatterbox.contract.documented.Refuses;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import io.chatterbox.rest.SignedIn;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/// Searching over REST, the newest first.
@Path("/api/search")
@RunOnVirtualThread
public class SearchResource {
  private static final int USUAL = 50;

  private final SignedIn signedIn;
  private final Search search;

  SearchResource(SignedIn signedIn, Search search) {
    this.signedIn = signedIn;
    this.search = search;
  }

  /// Searches all that the caller may see, the newest first. It goes on with `before`.
  @GET
  @Answers(shape = "MessagePage")
  @Refuses(NOT_FOUND)
  public Answer.Data<MessagePages.Page<?>> everywhere(
      @QueryParam("q") @Shape(least = 2, most = 100, required = true) @Nullable String q,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("before") @Nullable String before,
      @QueryParam("after") @Nullable String after) {
    String userId = signedIn.caller().userId();
    check(after);
    return search.everywhere(userId, Query.read(q), Paging.limit(limit, USUAL), before);
  }

  static void check(@Nullable String after) {
    if (after != null) {
      throw Refusal.invalid("A search goes on with before, not with after.");
    }
  }
}

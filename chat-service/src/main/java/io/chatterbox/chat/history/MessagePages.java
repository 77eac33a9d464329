package io.chatterbox.chat.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.chat.rest.Answers;
import io.chatterbox.chat.rest.Limit;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A history over REST: the newest page first and each page newest first; with `after`, oldest
/// first.
@Singleton
public class MessagePages {
  private static final int USUAL = 50;

  private final History history;
  private final Answers answers;

  MessagePages(History history, Answers answers) {
    this.history = history;
    this.answers = answers;
  }

  /// What the client asked for, not yet checked.
  public record Query(@Nullable String limit, @Nullable String before, @Nullable String after) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pagination(int limit, boolean hasMore, @Nullable String before, @Nullable String after) {}

  /// Checks what does not depend on the history itself.
  ///
  /// @throws Refusal `VALIDATION_ERROR`
  public void check(Query query) {
    Limit.of(query.limit(), USUAL);
    if (query.before() != null && query.after() != null) {
      throw Refusal.invalid("before and after cannot be used together.");
    }
  }

  /// Answers a page.
  ///
  /// @param view a message as the caller sees it
  public Response answer(Head head, Query query, Function<Entry, ?> view) {
    int limit = Limit.of(query.limit(), USUAL);
    if (query.after() != null) {
      History.Page page = history.after(head, query.after(), limit);
      String next = page.hasMore() ? page.messages().getLast().id() : null;
      return answer(page.messages(), view, new Pagination(limit, page.hasMore(), null, next));
    }
    History.Page page =
        query.before() == null
            ? history.newest(head, limit)
            : history.before(head, query.before(), limit);
    String next = page.hasMore() ? page.messages().getFirst().id() : null;
    return answer(
        page.messages().reversed(), view, new Pagination(limit, page.hasMore(), next, null));
  }

  private Response answer(List<Entry> messages, Function<Entry, ?> view, Pagination pagination) {
    return answers.list("messages", messages.stream().map(view).toList(), pagination);
  }
}

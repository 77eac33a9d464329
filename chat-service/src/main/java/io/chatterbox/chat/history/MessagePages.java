package io.chatterbox.chat.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.chat.log.Entry;
import io.chatterbox.chat.log.Head;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.documented.Shape;
import io.chatterbox.rest.Answer;
import io.chatterbox.rest.Paging;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A history over REST: the newest page first and each page newest first; with `after`, oldest
/// first.
@Singleton
public class MessagePages {
  private static final int USUAL = 50;

  private final History history;

  MessagePages(History history) {
    this.history = history;
  }

  /// What the client asked for, not yet checked.
  public record Query(@Nullable String limit, @Nullable String before, @Nullable String after) {}

  /// How to go on.
  ///
  /// @param before the message to give as `before` for the next page
  /// @param after the message to give as `after` for the next page
  @Shape(name = "Cursors")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pagination(
      @Shape(least = 1, most = 100) int limit,
      boolean hasMore,
      @Nullable String before,
      @Nullable String after) {}

  /// One page.
  public record Page<V>(List<V> messages, Pagination pagination) {
    public Page {
      messages = List.copyOf(messages);
    }
  }

  /// Checks what does not depend on the history itself.
  ///
  /// @throws Refusal `VALIDATION_ERROR`
  public void check(Query query) {
    Paging.limit(query.limit(), USUAL);
    if (query.before() != null && query.after() != null) {
      throw Refusal.invalid("before and after cannot be used together.");
    }
  }

  /// Answers a page.
  ///
  /// @param view a message as the caller sees it
  public <V> Answer.Data<Page<V>> answer(Head head, Query query, Function<Entry, V> view) {
    int limit = Paging.limit(query.limit(), USUAL);
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

  private static <V> Answer.Data<Page<V>> answer(
      List<Entry> messages, Function<Entry, V> view, Pagination pagination) {
    return Answer.of(new Page<>(messages.stream().map(view).toList(), pagination));
  }
}

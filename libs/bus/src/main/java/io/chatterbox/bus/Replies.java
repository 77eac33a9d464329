package io.chatterbox.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.chatterbox.contract.Failure;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The wire form of replies: a JSON block that says to which commands, then one block for each body
/// of those that were done.
final class Replies {
  private final Json json;

  Replies(Json json) {
    this.json = json;
  }

  Buffer write(List<Reply> replies) {
    Buffer buffer = Buffer.buffer();
    Blocks.append(buffer, json.write(replies.stream().map(Head::of).toList()).bytes());
    for (Reply reply : replies) {
      if (reply instanceof Reply.Done done) {
        Blocks.append(buffer, done.body().bytes());
      }
    }
    return buffer;
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws IllegalArgumentException for anything else
  List<Reply> read(Buffer buffer) {
    Blocks.Reader blocks = new Blocks.Reader(buffer);
    Head[] heads;
    try {
      heads = json.read(RawJson.of(blocks.next()), Head[].class);
    } catch (Refusal e) {
      throw new IllegalArgumentException("not a list of replies", e);
    }
    List<Reply> replies = new ArrayList<>(heads.length);
    for (Head head : heads) {
      replies.add(
          head.failure() == null
              ? new Reply.Done(head.id(), head.rev(), RawJson.of(blocks.next()))
              : new Reply.Refused(head.id(), head.failure()));
    }
    return replies;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Head(String id, long rev, @Nullable Failure failure) {

    static Head of(Reply reply) {
      return switch (reply) {
        case Reply.Done(String id, long rev, _) -> new Head(id, rev, null);
        case Reply.Refused(String id, Failure failure) -> new Head(id, 0, failure);
      };
    }
  }
}

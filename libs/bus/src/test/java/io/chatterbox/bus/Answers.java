package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/// Sends commands and keeps what was answered.
final class Answers implements Consumer<Reply> {
  static final Caller ADA = new Caller("u1", "ada", "s1", "k1");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CHANGE = "send-message";
  private static final String ASK = "follow";

  private final List<Reply> replies = new ArrayList<>();

  @Override
  public synchronized void accept(Reply reply) {
    replies.add(reply);
  }

  /// Sends changes of a conversation in one entry.
  Answers send(CommandClient client, Key key, String... ids) {
    client.send(entry(CHANGE, key, ids), this);
    return this;
  }

  /// Sends commands that only ask in one entry.
  Answers ask(CommandClient client, Key key, String... ids) {
    client.send(entry(ASK, key, ids), this);
    return this;
  }

  static CommandEntry entry(String event, Key key, String... ids) {
    List<CommandItem> items =
        Arrays.stream(ids)
            .map(id -> new CommandItem(id, event, RawJson.of("{\"n\":\"" + id + "\"}")))
            .toList();
    return new CommandEntry(Service.CHAT, key, ADA, items);
  }

  synchronized List<Reply> all() {
    return List.copyOf(replies);
  }

  /// Waits for this many replies and gives them.
  List<Reply> await(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> all().size() >= count);
    return all();
  }

  static List<String> done(List<Reply> replies) {
    return replies.stream().filter(Reply.Done.class::isInstance).map(Reply::commandId).toList();
  }

  static List<ErrorCode> refused(List<Reply> replies) {
    return replies.stream()
        .filter(Reply.Refused.class::isInstance)
        .map(reply -> ((Reply.Refused) reply).failure().code())
        .toList();
  }
}

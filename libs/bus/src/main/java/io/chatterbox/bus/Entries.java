package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/// The wire form of an entry of a command stream: `first` (written by the appending script), `key`,
/// `caller`, `to`, then `id`, `event`, `body` for each command, and `trace` for one that is
/// followed. Bodies stay the bytes they are.
final class Entries {
  private static final int HEAD = 4;
  private static final int PER_ITEM = 3;
  private static final String TRACE = "trace";

  /// An entry as it was read.
  ///
  /// @param first milliseconds of Redis's clock when its commands were first sent
  /// @param replyTo the channel for the replies
  record Read(
      StreamId id, long first, Key key, Caller caller, String replyTo, List<CommandItem> items) {
    Read {
      items = List.copyOf(items);
    }

    /// The size of the bodies.
    long bytes() {
      return items.stream().mapToLong(item -> item.body().bytes().length).sum();
    }
  }

  private final Json json;

  Entries(Json json) {
    this.json = json;
  }

  /// The fields and values to append after `first`.
  ///
  /// @param items those of the entry's commands that have no reply yet
  List<Object> write(CommandEntry entry, List<CommandItem> items, String replyTo) {
    List<Object> fields = new ArrayList<>(2 * (HEAD + PER_ITEM * items.size()));
    fields.add("key");
    fields.add(entry.key().text());
    fields.add("caller");
    fields.add(json.write(entry.caller()).bytes());
    fields.add("to");
    fields.add(replyTo);
    for (CommandItem item : items) {
      fields.add("id");
      fields.add(item.id());
      fields.add("event");
      fields.add(item.event());
      fields.add("body");
      fields.add(item.body().bytes());
      if (!item.trace().isEmpty()) {
        fields.add(TRACE);
        fields.add(item.trace());
      }
    }
    return fields;
  }

  /// Reads an element of an `XREAD` answer.
  ///
  /// @throws IllegalArgumentException for what is not an entry
  Read read(StreamId id, Response fields) {
    int pairs = fields.size() / 2;
    if (pairs < HEAD + PER_ITEM) {
      throw new IllegalArgumentException("not an entry of commands");
    }
    List<CommandItem> items = new ArrayList<>((pairs - HEAD) / PER_ITEM);
    int pair = HEAD;
    while (pair < pairs) {
      boolean isFollowed = pair + PER_ITEM < pairs && is(fields, pair + PER_ITEM, TRACE);
      items.add(
          new CommandItem(
              value(fields, pair, "id").toString(),
              value(fields, pair + 1, "event").toString(),
              RawJson.of(value(fields, pair + 2, "body").toBytes()),
              isFollowed ? value(fields, pair + PER_ITEM, TRACE).toString() : ""));
      pair += isFollowed ? PER_ITEM + 1 : PER_ITEM;
    }
    return new Read(
        id,
        Long.parseLong(value(fields, 0, "first").toString()),
        Key.parse(value(fields, 1, "key").toString()),
        json.read(RawJson.of(value(fields, 2, "caller").toBytes()), Caller.class),
        value(fields, 3, "to").toString(),
        items);
  }

  private static Response value(Response fields, int pair, String name) {
    if (2 * pair + 1 >= fields.size() || !is(fields, pair, name)) {
      throw new IllegalArgumentException("a field is not " + name);
    }
    return fields.get(2 * pair + 1);
  }

  private static boolean is(Response fields, int pair, String name) {
    return fields.get(2 * pair).toString().equals(name);
  }
}

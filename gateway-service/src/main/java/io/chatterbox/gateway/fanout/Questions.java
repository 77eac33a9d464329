package io.chatterbox.gateway.fanout;

import io.chatterbox.bus.CommandClient;
import io.chatterbox.bus.CommandEntry;
import io.chatterbox.bus.CommandItem;
import io.chatterbox.bus.Hints;
import io.chatterbox.bus.Json;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.ReadLog;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// What the gateway itself asks services. Answers come on the hub, each exactly once.
@Singleton
public final class Questions implements LogReader {
  private static final Logger LOG = Logger.getLogger(Questions.class);
  private static final long SOON_MILLIS = 700;
  private static final Caller GATEWAY = new Caller("gateway", "gateway", "", "");

  private final CommandClient client;
  private final Commands commands = Commands.all();
  private final Json json;
  private final Hints hints;
  private final Hub hub;

  @Inject
  Questions(CommandClient client, Json json, Hints hints, Hub hub) {
    this.client = client;
    this.json = json;
    this.hints = hints;
    this.hub = hub;
  }

  /// Asks in the gateway's own name.
  public void ask(Key key, Record command, Consumer<Reply> onReply) {
    ask(key, GATEWAY, command, onReply);
  }

  /// Asks in a user's name.
  public void ask(Key key, Caller caller, Record command, Consumer<Reply> onReply) {
    Commands.Route route = commands.routeOf(command.getClass());
    CommandItem item =
        new CommandItem(UUID.randomUUID().toString(), route.about().event(), json.write(command));
    client.send(
        new CommandEntry(route.service(), key, caller, List.of(item)),
        reply -> hub.execute(() -> onReply.accept(reply)));
  }

  /// What an answer says.
  <T> T read(RawJson body, Class<T> type) {
    return json.read(body, type);
  }

  /// Asks twice when the answer does not come soon: it may be lost, and others wait for it.
  @Override
  public void read(Key key, long after, Consumer<Optional<List<Hint.Change>>> page) {
    Reading reading = new Reading(page);
    ReadLog question = new ReadLog(key.text(), after, PAGE);
    ask(key, question, reply -> reading.answered(changes(reply)));
    hub.after(
        SOON_MILLIS,
        () -> {
          if (reading.again()) {
            ask(key, question, reply -> reading.answered(changes(reply)));
          }
        });
  }

  /// A question that may be asked twice and is answered once. Only on the hub.
  private static final class Reading {
    private final Consumer<Optional<List<Hint.Change>>> page;
    private int open = 1;
    private boolean done;

    Reading(Consumer<Optional<List<Hint.Change>>> page) {
      this.page = page;
    }

    boolean again() {
      open += done ? 0 : 1;
      return !done;
    }

    void answered(Optional<List<Hint.Change>> changes) {
      open--;
      if (!done && (changes.isPresent() || open == 0)) {
        done = true;
        page.accept(changes);
      }
    }
  }

  private Optional<List<Hint.Change>> changes(Reply reply) {
    switch (reply) {
      case Reply.Refused(_, var failure) -> {
        LOG.warnf("event=log-not-read code=%s", failure.code());
        return Optional.empty();
      }
      case Reply.Done(_, _, var body) -> {
        try {
          List<Hint.Change> changes = new ArrayList<>();
          for (Hint hint : hints.read(Buffer.buffer(body.bytes()))) {
            if (hint instanceof Hint.Change change) {
              changes.add(change);
            }
          }
          return Optional.of(changes);
        } catch (IllegalArgumentException e) {
          LOG.error("event=log-not-understood", e);
          return Optional.empty();
        }
      }
    }
  }
}

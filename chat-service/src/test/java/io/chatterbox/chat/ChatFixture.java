package io.chatterbox.chat;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.Outcome;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.chat.members.DirectIds;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand;
import io.chatterbox.contract.Command;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// People and commands with ids of their own, so that tests share the stores without meeting.
public final class ChatFixture {
  private static final Commands COMMANDS = Commands.all();

  private final Json json;
  private final String run = UUID.randomUUID().toString();

  public ChatFixture(Json json) {
    this.json = json;
  }

  /// Somebody new under this name.
  public Caller person(String name) {
    return new Caller(name + "-" + run, name, "session", "socket");
  }

  /// A command under an id of its own.
  public PendingCommand command(Caller caller, Record command) {
    return command(caller, UUID.randomUUID().toString(), command);
  }

  public PendingCommand command(Caller caller, String id, Record command) {
    Command about = COMMANDS.routeOf(command.getClass()).about();
    RawJson body = json.write(command);
    return new PendingCommand(key(about, body), caller, id, about.event(), body);
  }

  /// The conversation of two people, made through this writer.
  public Key direct(Writer writer, Caller one, Caller other) {
    PendingCommand create = createDirect(one, other);
    Outcome outcome = writer.write(List.of(create));
    if (!(outcome.replies().getFirst() instanceof Reply.Done)) {
      throw new AssertionError(outcome.replies().getFirst());
    }
    return create.key();
  }

  public PendingCommand createDirect(Caller one, Caller other) {
    return command(
        one,
        new ChatCommand.CreateDirect(
            DirectIds.of(one.userId(), other.userId()), described(one), described(other)));
  }

  private static ChatCommand.Person described(Caller caller) {
    return new ChatCommand.Person(caller.userId(), caller.username(), null);
  }

  private Key key(Command about, RawJson body) {
    if (about.key().isEmpty()) {
      return Key.partition(0);
    }
    String named = String.valueOf(json.read(body, Map.class).get(about.key()));
    return about.kind() == Key.Kind.PARTITION ? Key.parse(named) : new Key(about.kind(), named);
  }
}

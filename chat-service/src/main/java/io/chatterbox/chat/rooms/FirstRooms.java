package io.chatterbox.chat.rooms;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.chat.log.Writer;
import io.chatterbox.contract.Caller;
import io.chatterbox.contract.ChatCommand.CreateRoom;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.util.List;

/// The rooms that exist from the start.
@Singleton
public class FirstRooms {
  private static final List<String> NAMES = List.of("general", "random", "tech");

  private final Writer writer;
  private final Json json;

  FirstRooms(Writer writer, Json json) {
    this.writer = writer;
    this.json = json;
  }

  /// Makes those that there are not. Several replicas may do it at once; called before the writer
  /// has any other work.
  public void open() {
    writer.write(
        NAMES.stream()
            .map(name ->
                new PendingCommand(
                    Key.room(name),
                    Caller.service(Service.CHAT),
                    "first-room",
                    "create-room",
                    json.write(new CreateRoom(name, null))))
            .toList());
  }
}

package io.chatterbox.chat.log;

import io.chatterbox.bus.Json;
import io.chatterbox.bus.PendingCommand;
import io.chatterbox.contract.ErrorCode;
import io.chatterbox.contract.Refusal;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All handlers, keyed by the record of their command.
@Singleton
class Handlers {
  private final Json json;
  private final Map<Class<?>, Handler<?>> byCommand = new HashMap<>();

  Handlers(Json json, @All List<Handler<?>> handlers) {
    this.json = json;
    for (Handler<?> handler : handlers) {
      if (byCommand.put(handler.command(), handler) != null) {
        throw new IllegalStateException("two handlers for " + handler.command());
      }
    }
  }

  /// The command as its record.
  ///
  /// @throws Refusal when it is none that this service handles, or its form is bad
  Record read(PendingCommand pending) {
    Record command = json.command(pending);
    if (!byCommand.containsKey(command.getClass())) {
      throw new Refusal(ErrorCode.UNKNOWN_EVENT, "There is no event of this name.");
    }
    return command;
  }

  Handler<?> of(Record command) {
    Handler<?> handler = byCommand.get(command.getClass());
    if (handler == null) {
      throw new IllegalArgumentException("no handler for " + command.getClass());
    }
    return handler;
  }
}

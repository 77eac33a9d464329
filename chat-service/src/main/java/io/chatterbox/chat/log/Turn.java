package io.chatterbox.chat.log;

import io.chatterbox.bus.PendingCommand;
import io.chatterbox.contract.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A command's place in the order.
///
/// @param head the key after all that comes before this command
/// @param fetched what the handler wanted to know
/// @param now the time of the batch
public record Turn(PendingCommand pending, Head head, Fetched fetched, Instant now) {
  static final String BY_CLIENT = "c:";
  private static final String BY_GATEWAY = "g:";

  public Caller caller() {
    return pending.caller();
  }

  /// The id under which the log knows this command: the client's if it gave one, so that the client
  /// may repeat it, else the bus's. The prefix keeps one from passing for the other.
  public String commandId(@Nullable String clientMessageId) {
    return clientMessageId == null ? BY_GATEWAY + pending.id() : BY_CLIENT + clientMessageId;
  }
}

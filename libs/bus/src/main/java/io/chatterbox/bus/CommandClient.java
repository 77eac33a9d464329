package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.Refusal;
import io.chatterbox.contract.Service;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/// Sends commands to a service and hands over the replies.
///
/// Every command gets exactly one reply, 10.5 s later at the latest. `UNAVAILABLE` means that it is
/// not known whether the command was or will be done; sending it again with the same id is safe.
@Singleton
@SuppressWarnings("DoNotCallSuggester") // the insides follow
public final class CommandClient {

  /// Sends an entry. May be called on any thread and does not block.
  ///
  /// @param onReply called once for each of the entry's commands, in any order, on any thread; must
  ///   not block
  public void send(CommandEntry entry, Consumer<Reply> onReply) {
    throw new UnsupportedOperationException();
  }

  /// Sends one command under a new id and waits for its reply. Blocks: not for event loops.
  ///
  /// @throws Refusal when refused, `UNAVAILABLE` when there was no answer
  public Reply.Done ask(Service service, Key key, Caller caller, Record command) {
    throw new UnsupportedOperationException();
  }

  /// The same under an id of the caller's, so that a repeat is recognised.
  public Reply.Done ask(Service service, Key key, Caller caller, String commandId, Record command) {
    throw new UnsupportedOperationException();
  }
}

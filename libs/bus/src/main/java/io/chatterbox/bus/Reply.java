package io.chatterbox.bus;

import io.chatterbox.contract.Failure;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Refusal;

/// The answer to one command.
public sealed interface Reply {

  /// The id of the command that is answered.
  String commandId();

  /// Done.
  ///
  /// @param rev the key's `rev` at which this was true; 0 where a key has none
  /// @param body a JSON object: what the acknowledgement adds to `success`
  record Done(String commandId, long rev, RawJson body) implements Reply {}

  /// Refused; nothing was changed, unless the code is `UNAVAILABLE`: then it is not known.
  record Refused(String commandId, Failure failure) implements Reply {}

  /// The refusal as answer to this command.
  static Reply refused(String commandId, Refusal refusal) {
    return new Refused(commandId, refusal.failure());
  }
}

package io.chatterbox.chat.log;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.RawJson;

/// Answers a command that only reads. Runs beside the writer and at the same time as others, so it
/// reads the store and nothing that the writer keeps in memory.
public non-sealed interface AskHandler<C extends Record> extends Handler<C> {

  /// Answers.
  ///
  /// @throws io.chatterbox.contract.Refusal when it is refused
  Answer answer(C command, Caller caller);

  /// The answer.
  ///
  /// @param rev the key's `rev` at which it was true; 0 where that means nothing
  record Answer(long rev, RawJson body) {}
}

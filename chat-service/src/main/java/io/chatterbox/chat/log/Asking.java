package io.chatterbox.chat.log;

import io.chatterbox.bus.PendingCommand;
import io.chatterbox.bus.Reply;
import io.chatterbox.contract.Refusal;
import jakarta.inject.Singleton;

/// Answers commands that only ask. May be used by any number of threads.
@Singleton
public class Asking {
  private final Handlers handlers;

  Asking(Handlers handlers) {
    this.handlers = handlers;
  }

  public Reply ask(PendingCommand pending) {
    try {
      Record command = handlers.read(pending);
      if (handlers.of(command) instanceof AskHandler<?> handler) {
        AskHandler.Answer answer = answer(handler, command, pending);
        return new Reply.Done(pending.id(), answer.rev(), answer.body());
      }
      throw new IllegalArgumentException(pending.event() + " does not only ask");
    } catch (Refusal refusal) {
      return Reply.refused(pending.id(), refusal);
    }
  }

  private static <C extends Record> AskHandler.Answer answer(
      AskHandler<C> handler, Record command, PendingCommand pending) {
    return handler.answer(handler.command().cast(command), pending.caller());
  }
}

package io.chatterbox.chat.log;

/// Handles one command. Handlers are found by CDI and keyed by the record of their command.
public sealed interface Handler<C extends Record> permits EntryHandler, StateHandler, AskHandler {

  /// The record of the command.
  Class<C> command();
}

package io.chatterbox.chat.log;

import io.chatterbox.contract.RawJson;

/// Handles a command that comes to one entry of its key's log.
public non-sealed interface EntryHandler<C extends Record> extends Handler<C> {

  /// Names what has to be read before; it is read for a whole batch at once.
  ///
  /// @param known what was read so far: asked again until nothing more is wanted
  default void wants(C command, Fetched known, Wants wants) {}

  /// Decides what the command comes to at its place in the order. Called again when another writer
  /// was first, so it does nothing but compute.
  ///
  /// @throws io.chatterbox.contract.Refusal for what is refused even when it repeats a command that
  ///   was done: bad form, what does not exist for the caller, a missing right
  Draft draft(C command, Turn turn);

  /// The reply's body, from the entry that this command or the one that it repeats was stored as.
  RawJson reply(C command, Entry entry);
}

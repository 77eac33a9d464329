package io.chatterbox.bus;

import io.chatterbox.contract.RawJson;

/// One command of an entry.
///
/// @param id unique for each command; a repeat with the same id is the same command
/// @param event the name under which its record stands in the contract
/// @param body the payload as the client sent it
/// @param trace a `traceparent` where it is followed, or empty
public record CommandItem(String id, String event, RawJson body, String trace) {

  /// A command that is not followed.
  public CommandItem(String id, String event, RawJson body) {
    this(id, event, body, "");
  }
}

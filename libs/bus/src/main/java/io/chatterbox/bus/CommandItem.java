package io.chatterbox.bus;

import io.chatterbox.contract.RawJson;

/// One command of an entry.
///
/// @param id unique for each command; a repeat with the same id is the same command
/// @param event the name under which its record stands in the contract
/// @param body the payload as the client sent it
public record CommandItem(String id, String event, RawJson body) {}

package io.chatterbox.bus;

import io.chatterbox.contract.Caller;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;

/// A command as its service gets it.
///
/// @param key the entry's key, which the service trusts; the body has to agree with it
/// @param trace a `traceparent` where it is followed, or empty
public record PendingCommand(
    Key key, Caller caller, String id, String event, RawJson body, String trace) {

  /// A command that is not followed.
  public PendingCommand(Key key, Caller caller, String id, String event, RawJson body) {
    this(key, caller, id, event, body, "");
  }
}

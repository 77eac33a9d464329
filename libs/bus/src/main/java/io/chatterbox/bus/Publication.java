package io.chatterbox.bus;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;

/// A hint for those who hear a key's channel. All of a batch for one key go out in one `PUBLISH`.
///
/// @param trace a `traceparent` where the command that caused it is followed, or empty
public record Publication(Key key, Hint hint, String trace) {

  /// A hint that is not followed.
  public Publication(Key key, Hint hint) {
    this(key, hint, "");
  }
}

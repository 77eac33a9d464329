package io.chatterbox.bus;

import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;

/// A hint for those who hear a key's channel. All of a batch for one key go out in one `PUBLISH`.
public record Publication(Key key, Hint hint) {}

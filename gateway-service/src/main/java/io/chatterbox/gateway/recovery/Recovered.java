package io.chatterbox.gateway.recovery;

import io.chatterbox.contract.Key;
import io.chatterbox.gateway.authority.Token;
import io.chatterbox.gateway.fanout.Comeback;
import java.util.Set;

/// What a socket that comes back is given.
///
/// @param isLate whether the token once came by `auth`
/// @param joined what it has joined
public record Recovered(Comeback comeback, Token token, boolean isLate, Set<Key> joined) {
  public Recovered {
    joined = Set.copyOf(joined);
  }
}

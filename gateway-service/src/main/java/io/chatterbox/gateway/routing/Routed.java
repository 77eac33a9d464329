package io.chatterbox.gateway.routing;

import io.chatterbox.bus.CommandItem;
import io.chatterbox.contract.Command;
import io.chatterbox.contract.Commands;
import io.chatterbox.contract.Key;
import io.chatterbox.contract.RawJson;
import io.chatterbox.contract.Service;

/// One event of a client on its way to a service.
///
/// @param id the command's id, new for each event
/// @param dueNanos when it is answered at the latest
record Routed(
    String id, Commands.Route route, Key key, RawJson body, Answer answer, long dueNanos) {

  /// Commands with the same lane are sent in order, one entry at a time.
  record LaneKey(Service service, Key key) {}

  LaneKey lane() {
    return new LaneKey(route.service(), key);
  }

  /// Joins and leaves are sent alone, because what comes after them depends on their outcome.
  boolean isAlone() {
    return route.about().effect() != Command.Effect.NONE;
  }

  /// Whether the socket has to have joined: so it is with everything about rooms.
  boolean needsJoin() {
    return route.about().kind() == Key.Kind.ROOM && !isAlone();
  }

  int bytes() {
    return body.bytes().length;
  }

  CommandItem item() {
    return new CommandItem(id, route.about().event(), body, answer.trace());
  }
}

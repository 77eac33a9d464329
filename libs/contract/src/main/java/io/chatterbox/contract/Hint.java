package io.chatterbox.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is published on a key's channel for gateways to pass on. A hint may be lost: numbered
/// changes are then read from the log, states are read again.
public sealed interface Hint {

  /// What clients are told, in order.
  List<ClientEvent> events();

  /// A numbered change of the key. Gateways deliver each `rev` once and in order.
  ///
  /// @param rev 1, 2, 3 … for each key
  /// @param memberships who came in or went out by this change, before what follows it is delivered
  /// @param follow on a user's channel: the conversation he is in from here on
  record Change(
      long rev, List<ClientEvent> events, List<Membership> memberships, @Nullable Follow follow)
      implements Hint {
    public Change {
      events = List.copyOf(events);
      memberships = List.copyOf(memberships);
    }

    /// A change that only tells something.
    public static Change telling(long rev, List<ClientEvent> events) {
      return new Change(rev, events, List.of(), null);
    }

    /// A change of which nobody is told.
    public static Change silent(long rev) {
      return telling(rev, List.of());
    }
  }

  /// A state: the last value wins.
  ///
  /// @param version for chat and AI, the key's `rev` known to the sender: a gateway that knows less
  ///   drops it and repairs; for presence, the value's own version: gateways drop older ones
  record State(long version, List<ClientEvent> events) implements Hint {
    public State {
      events = List.copyOf(events);
    }
  }

  /// A participant who came in or went out.
  record Membership(String userId, boolean added) {}

  /// Where a newly added user's gateway begins to hear a conversation: every change above `rev` is
  /// for him.
  record Follow(String conversationId, long rev) {}
}

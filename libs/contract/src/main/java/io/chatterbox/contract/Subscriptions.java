package io.chatterbox.contract;

import java.util.List;

/// What a gateway hears for one user.
///
/// @param rev the `rev` of the user's own log, read before the rest
/// @param followed his conversations
public record Subscriptions(long rev, List<Followed> followed) {
  public Subscriptions {
    followed = List.copyOf(followed);
  }

  /// One conversation.
  ///
  /// @param rev the conversation's `rev` when read
  /// @param participants ids of the people in it at that `rev`
  public record Followed(String conversationId, long rev, List<String> participants) {
    public Followed {
      participants = List.copyOf(participants);
    }
  }
}

package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Delivery;
import java.util.Optional;

/// Sees what feeds are about to give out. Called on the [Hub]; every bean of this type is asked.
public interface FeedGate {

  /// How a state goes out.
  ///
  /// @return empty when it is none of this gate's; else what is to become of it
  default Optional<Passage> state(Key key, ClientEvent event) {
    return Optional.empty();
  }

  /// An event of a numbered change is about to go out.
  default void change(Key key, ClientEvent event) {}

  /// A socket has joined, and has heard every numbered change so far.
  default void joined(Key key, Member member) {}

  /// Nobody here hears this key any more.
  default void closed(Key key) {}

  /// What becomes of a state.
  sealed interface Passage {
    /// It goes out in this class.
    record As(Delivery delivery) implements Passage {}

    /// It does not go out.
    record Stopped() implements Passage {}
  }
}

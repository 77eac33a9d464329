package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Hint;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.GatewayConfig;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What all feeds share.
///
/// @param locals who is here
record FeedTools(
    Hub hub,
    LogReader log,
    Outlet outlet,
    Locals locals,
    Numbers numbers,
    FanoutMetrics metrics,
    GatewayConfig.Fanout config,
    List<LocalListener> listeners,
    List<FeedGate> gates) {

  FeedTools {
    listeners = List.copyOf(listeners);
    gates = List.copyOf(gates);
  }

  /// Gives a change out, numbered.
  ///
  /// @param here participants who are here
  void tell(Key key, Set<String> here, Hint.Change change) {
    long number = numbers.tell(key, change.rev(), change.events().size());
    for (ClientEvent event : change.events()) {
      gates.forEach(gate -> gate.change(key, event));
      outlet.pass(key, here, event, numbers.json(number++));
    }
  }

  /// Gives a state out, if the gates let it.
  ///
  /// @param here participants who are here
  void tell(Key key, Set<String> here, Hint.State state) {
    for (ClientEvent event : state.events()) {
      switch (passage(key, event)) {
        case FeedGate.Passage.As(Delivery delivery) -> outlet.pass(key, here, event, delivery);
        case FeedGate.Passage.Stopped() -> {
          // the gate knows why
        }
      }
    }
  }

  private FeedGate.Passage passage(Key key, ClientEvent event) {
    for (FeedGate gate : gates) {
      Optional<FeedGate.Passage> passage = gate.state(key, event);
      if (passage.isPresent()) {
        return passage.get();
      }
    }
    return new FeedGate.Passage.As(Delivery.MESSAGE);
  }

  void joined(Key key, Member member) {
    gates.forEach(gate -> gate.joined(key, member));
  }

  void closed(Key key) {
    gates.forEach(gate -> gate.closed(key));
  }
}

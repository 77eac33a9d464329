package io.chatterbox.gateway.fanout;

import io.chatterbox.contract.ClientEvent;
import io.chatterbox.contract.Key;
import io.chatterbox.engineio.Delivery;
import io.chatterbox.gateway.GatewayConfig;
import java.util.List;
import java.util.Optional;

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

  FeedGate.Passage passage(Key key, ClientEvent event) {
    for (FeedGate gate : gates) {
      Optional<FeedGate.Passage> passage = gate.state(key, event);
      if (passage.isPresent()) {
        return passage.get();
      }
    }
    return new FeedGate.Passage.As(Delivery.MESSAGE);
  }

  void change(Key key, ClientEvent event) {
    gates.forEach(gate -> gate.change(key, event));
  }

  void joined(Key key, Member member) {
    gates.forEach(gate -> gate.joined(key, member));
  }

  void closed(Key key) {
    gates.forEach(gate -> gate.closed(key));
  }
}

package io.chatterbox.gateway.fanout;

import io.chatterbox.gateway.GatewayConfig;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/// Puts together what feeds share.
final class FanoutBeans {

  @Produces
  @Singleton
  FeedTools tools(
      Hub hub,
      Questions log,
      Outlet outlet,
      Locals locals,
      Numbers numbers,
      FanoutMetrics metrics,
      GatewayConfig config,
      @All List<LocalListener> listeners,
      @All List<FeedGate> gates) {
    return new FeedTools(
        hub, log, outlet, locals, numbers, metrics, config.fanout(), listeners, gates);
  }
}

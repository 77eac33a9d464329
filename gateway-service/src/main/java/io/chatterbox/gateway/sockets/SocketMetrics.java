package io.chatterbox.gateway.sockets;

import io.chatterbox.gateway.routing.Dispatch;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// What is counted of sockets. Names of events are counted under their own name only if they exist.
@Singleton
final class SocketMetrics {
  private static final String IN = "chatterbox.gateway.events.in";
  private static final Set<String> OWN = Set.of("auth", "heartbeat", "typing", "stop-typing");

  private final MeterRegistry registry;
  private final Dispatch dispatch;
  private final Counter unknown;
  private final Map<String, Counter> in = new ConcurrentHashMap<>();
  private final AtomicInteger polling = new AtomicInteger();
  private final AtomicInteger websocket = new AtomicInteger();

  @Inject
  SocketMetrics(MeterRegistry registry, Dispatch dispatch, SocketIoServer server) {
    this.registry = registry;
    this.dispatch = dispatch;
    this.unknown = registry.counter(IN, "event", "unknown");
    Gauge.builder("chatterbox.gateway.sessions", server, SocketIoServer::sessions)
        .register(registry);
    sockets("polling", polling);
    sockets("websocket", websocket);
    Gauge.builder("chatterbox.gateway.events.pending", dispatch, Dispatch::pending)
        .register(registry);
  }

  private void sockets(String transport, AtomicInteger count) {
    Gauge.builder("chatterbox.gateway.sockets", count, AtomicInteger::get)
        .tag("opened", transport)
        .register(registry);
  }

  void in(String event) {
    Counter known = in.get(event);
    if (known == null && (OWN.contains(event) || dispatch.knows(event))) {
      known = in.computeIfAbsent(event, name -> registry.counter(IN, "event", name));
    }
    (known == null ? unknown : known).increment();
  }

  void opened(Socket socket) {
    count(socket).incrementAndGet();
  }

  void closed(Socket socket) {
    count(socket).decrementAndGet();
  }

  /// By the transport that the connection began with.
  private AtomicInteger count(Socket socket) {
    return socket.handshake().request().query().first("transport").orElse("").equals("websocket")
        ? websocket
        : polling;
  }
}

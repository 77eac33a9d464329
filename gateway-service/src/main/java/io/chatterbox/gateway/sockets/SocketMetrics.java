package io.chatterbox.gateway.sockets;

import io.chatterbox.bus.report.FigureSource;
import io.chatterbox.bus.report.Spread;
import io.chatterbox.engineio.CloseReason;
import io.chatterbox.gateway.routing.Dispatch;
import io.chatterbox.socketio.Namespace;
import io.chatterbox.socketio.Socket;
import io.chatterbox.socketio.vertx.SocketIoServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// What is counted of sockets. Names of events are counted under their own name only if they exist.
@Singleton
final class SocketMetrics implements FigureSource {
  private static final String UNKNOWN = "unknown";
  private static final Set<String> OWN = Set.of("auth", "heartbeat", "typing", "stop-typing");
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Dispatch dispatch;
  private final SocketIoServer server;
  private final Map<String, OfEvent> events = new ConcurrentHashMap<>();
  private final OfEvent unknown;
  private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);
  private final Spread acks = new Spread("acks");
  private final Counter overPolling;
  private final Counter overWebsocket;
  private final Counter overPlain;
  private volatile Seen seen;

  /// @param acks from an event's arrival to its answer
  private record OfEvent(Counter in, Timer acks) {}

  private record Seen(SocketIoServer.Load load, long at) {}

  @Inject
  SocketMetrics(MeterRegistry registry, Dispatch dispatch, SocketIoServer server) {
    this.registry = registry;
    this.dispatch = dispatch;
    this.server = server;
    this.unknown = ofEvent(UNKNOWN);
    this.overPolling = registry.counter("chatterbox.gateway.connects", "transport", "polling");
    this.overWebsocket = registry.counter("chatterbox.gateway.connects", "transport", "websocket");
    this.overPlain = registry.counter("chatterbox.gateway.connects", "transport", "plain");
    for (CloseReason reason : CloseReason.values()) {
      String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
      closed.put(reason, registry.counter("chatterbox.gateway.disconnects", "reason", name));
    }
    this.seen = new Seen(server.load(), System.nanoTime());
    Gauge.builder("chatterbox.gateway.sessions", server, SocketIoServer::sessions)
        .register(registry);
    FunctionCounter.builder("chatterbox.gateway.deliveries", server.of("/"), Namespace::deliveries)
        .register(registry);
    Gauge.builder("chatterbox.gateway.events.pending", dispatch, Dispatch::pending)
        .register(registry);
    sockets("polling", SocketIoServer.Load::polling);
    sockets("websocket", SocketIoServer.Load::websocket);
    sockets("plain", SocketIoServer.Load::plain);
    Gauge.builder("chatterbox.gateway.outbound.queued", this, all -> all.load().queuedBytes())
        .baseUnit("bytes")
        .register(registry);
  }

  private void sockets(String transport, ToDoubleFunction<SocketIoServer.Load> count) {
    Gauge.builder("chatterbox.gateway.sockets", this, all -> count.applyAsDouble(all.load()))
        .tag("transport", transport)
        .register(registry);
  }

  /// An event came in.
  void in(String event) {
    of(event).in().increment();
  }

  /// An event was answered.
  void answered(String event, Duration after) {
    of(event).acks().record(after);
    acks.record(after);
  }

  /// From an event's arrival to its answer, finer than what is scraped.
  @Override
  public Map<String, Double> figures() {
    return acks.figures();
  }

  void opened(Socket socket) {
    Counter over =
        switch (socket.transport()) {
          case "polling" -> overPolling;
          case "plain" -> overPlain;
          default -> overWebsocket;
        };
    over.increment();
  }

  void closed(CloseReason reason) {
    Counter counter = closed.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  /// All sessions are looked at once for all figures of a scrape.
  private SocketIoServer.Load load() {
    Seen last = seen;
    if (System.nanoTime() - last.at() > FRESH.toNanos()) {
      last = new Seen(server.load(), System.nanoTime());
      seen = last;
    }
    return last.load();
  }

  private OfEvent of(String event) {
    OfEvent known = events.get(event);
    if (known != null) {
      return known;
    }
    return OWN.contains(event) || dispatch.knows(event)
        ? events.computeIfAbsent(event, this::ofEvent)
        : unknown;
  }

  private OfEvent ofEvent(String name) {
    return new OfEvent(
        registry.counter("chatterbox.gateway.events.in", "event", name),
        Timer.builder("chatterbox.gateway.acks")
            .tag("event", name)
            .serviceLevelObjectives(BOUNDS)
            .register(registry));
  }
}

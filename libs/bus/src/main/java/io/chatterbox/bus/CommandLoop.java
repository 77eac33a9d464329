package io.chatterbox.bus;

import io.chatterbox.contract.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// Reads the commands of the partitions that this replica owns and hands them to its service's
/// [CommandProcessor].
@Singleton
public final class CommandLoop {
  private final RunningLoop.Tools tools;
  private final Map<Service, RunningLoop> running = new EnumMap<>(Service.class);

  @Inject
  CommandLoop(
      Links links, Json json, Hints hints, Node node, BusConfig config, MeterRegistry meters) {
    this.tools = new RunningLoop.Tools(links, json, hints, node, config, meters, hints.traces());
  }

  /// Begins; called once for a service, when it is able to work. Does not wait for Redis.
  public synchronized void start(CommandProcessor processor) {
    if (running.containsKey(processor.service())) {
      throw new IllegalStateException("started already");
    }
    RunningLoop loop = new RunningLoop(processor, tools);
    running.put(processor.service(), loop);
    loop.start();
  }

  /// Hands the partitions over after the batch in hand. Blocks until that is done or took too long;
  /// called by itself when the application stops.
  public synchronized void drain() {
    running.values().forEach(loop -> loop.drain(tools.config().giveUp()));
    running.clear();
  }

  /// Stops as if the process had been killed, for tests.
  synchronized void abandon() {
    running.values().forEach(RunningLoop::stop);
  }

  void stopping(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
    drain();
  }
}
